namespace HilRig.Tests;

/// <summary>
/// Skips a test with a reason, or fails it where HILRIG_REQUIRE names what is missing. Compiled
/// into every test project.
/// </summary>
internal static class Requirement
{
    /// <summary>Ends the test that cannot run here.</summary>
    /// <param name="name">What is missing, as HILRIG_REQUIRE names it, such as "node".</param>
    /// <param name="reason">Why the test cannot run.</param>
    public static void Unmet(string name, string reason)
    {
        string[] required = (Environment.GetEnvironmentVariable("HILRIG_REQUIRE") ?? "").Split(',');
        if (Array.IndexOf(required, name) >= 0)
        {
            Assert.Fail($"HILRIG_REQUIRE demands {name}: {reason}");
        }

        Assert.Ignore(reason);
    }

    /// <summary>The file or folder below HILRIG_DATA.</summary>
    /// <param name="relative">Path below the folder of recordings.</param>
    public static string DataPath(string relative)
    {
        string? root = Environment.GetEnvironmentVariable("HILRIG_DATA");
        if (string.IsNullOrEmpty(root))
        {
            Unmet("data", "HILRIG_DATA is not set, so there are no real recordings to read");
        }

        return Path.Combine(root!, relative);
    }
}
