namespace HilRig.Core.Errors;

/// <summary>A robot description is wrong or uses something unsupported (exit code 64).</summary>
public sealed class ModelException : RigException
{
    /// <inheritdoc cref="RigException(string, string?, string?, string?, string?, Exception?)"/>
    public ModelException(
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
