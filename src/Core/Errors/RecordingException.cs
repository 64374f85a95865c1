namespace HilRig.Core.Errors;

/// <summary>A recording cannot be written, or is damaged or incomplete (exit code 50).</summary>
public sealed class RecordingException : RigException
{
    /// <inheritdoc cref="RigException(string, string?, string?, string?, string?, Exception?)"/>
    public RecordingException(
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
