using HilRig.Core.Errors;

namespace HilRig.Bridge.Security.Keys;

/// <summary>A key, or a list of keys, is missing, wrong or unsafe (exit code 64).</summary>
public sealed class KeyException : RigException
{
    /// <inheritdoc cref="RigException(string, string?, string?, string?, string?, Exception?)"/>
    public KeyException(
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
