namespace HilRig.Testing.Verdicts;

/// <summary>What this machine must be able to do, so that its absence is no excuse.</summary>
/// <param name="Names">Names in HILRIG_REQUIRE, such as "rig", "data".</param>
/// <param name="Ci">Whether a continuous-integration service runs the tests (variable CI).</param>
internal sealed record Requirements(IReadOnlySet<string> Names, bool Ci)
{
    /// <summary>Reads HILRIG_REQUIRE (names with commas between) and CI.</summary>
    public static Requirements FromEnvironment() => Parse(
        Environment.GetEnvironmentVariable("HILRIG_REQUIRE"),
        Environment.GetEnvironmentVariable("CI"));

    /// <summary>Reads the texts of the two variables.</summary>
    public static Requirements Parse(string? required, string? ci) => new(
        (required ?? "")
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase),
        ci is not (null or "" or "0" or "false"));
}
