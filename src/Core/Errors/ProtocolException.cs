namespace HilRig.Core.Errors;

/// <summary>
/// Two processes cannot talk: version, schema or session mismatch (exit code 50).
/// </summary>
public sealed class ProtocolException : RigException
{
    /// <inheritdoc cref="RigException(string, string?, string?, string?, string?, Exception?)"/>
    public ProtocolException(
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
