namespace HilRig.Core.Errors;

/// <summary>A scenario, rig or suite file is wrong (exit code 64).</summary>
public sealed class ScenarioException : RigException
{
    /// <inheritdoc cref="RigException(string, string?, string?, string?, string?, Exception?)"/>
    public ScenarioException(
        string what,
        string? where = null,
        string? expected = null,
        string? found = null,
        string? remedy = null,
        Exception? inner = null)
        : base(what, where, expected, found, remedy, inner)
    {
    }
}
