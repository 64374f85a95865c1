namespace HilRig.Core.Errors;

/// <summary>A port, bus or servo cannot be used (exit code 50, RigError).</summary>
public sealed class DeviceException : RigException
{
    /// <inheritdoc cref="RigException(string, string?, string?, string?, string?, Exception?)"/>
    public DeviceException(
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
