namespace HilRig.Rig.Running;

/// <summary>
/// What this machine is said to have (the variable HILRIG_REQUIRE, comma-separated: "rig,data"):
/// the absence of a required thing is a failure, never a skip.
/// </summary>
internal static class Requirements
{
    /// <summary>Whether a thing is required.</summary>
    /// <param name="thing">"rig", "data"….</param>
    public static bool Has(string thing) =>
        (Environment.GetEnvironmentVariable("HILRIG_REQUIRE") ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Contains(thing, StringComparer.OrdinalIgnoreCase);
}
