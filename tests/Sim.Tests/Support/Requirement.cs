namespace HilRig.Sim.Tests.Support;

/// <summary>
/// Skips a test with a reason, or fails it where HILRIG_REQUIRE names what is missing.
/// </summary>
internal static class Requirement
{
    public static void Missing(string name, string reason)
    {
        string[] required = (Environment.GetEnvironmentVariable("HILRIG_REQUIRE") ?? "").Split(',');
        if (required.Contains(name))
        {
            Assert.Fail($"HILRIG_REQUIRE demands {name}: {reason}");
        }

        Assert.Ignore(reason);
    }
}
