using HilRig.Core.Errors;

namespace HilRig.Harness.Yaml;

/// <summary>One thing that is wrong in a file.</summary>
/// <param name="Where">File, line and column: "step.yaml:12:5".</param>
/// <param name="What">What is wrong.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Found">What is there.</param>
/// <param name="Remedy">What to try.</param>
public sealed record YamlFault(
    string Where, string What, string? Expected = null, string? Found = null, string? Remedy = null)
{
    /// <summary>The fault as an error of its own.</summary>
    public ScenarioException ToException() => new(What, Where, Expected, Found, Remedy);
}
