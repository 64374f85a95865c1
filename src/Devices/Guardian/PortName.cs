namespace HilRig.Devices.Guardian;

/// <summary>
/// One name for a port, however a rig file spells it, so that two spellings are one rig.
/// </summary>
internal static class PortName
{
    private const string ById = "/dev/serial/by-id";

    /// <summary>
    /// The name that udev gives the adapter (/dev/serial/by-id), which stays when it is plugged in
    /// again; else the device at the end of the links; else, where there is no such file, the name
    /// as it is.
    /// </summary>
    /// <param name="port">Port of a rig file.</param>
    /// <param name="byIdFolder">Where the lasting names are; null takes udev's own.</param>
    public static string Canonical(string port, string? byIdFolder = null)
    {
        if (OperatingSystem.IsWindows() || port.Contains("://", StringComparison.Ordinal))
        {
            // COM3 is com3, and so is a host.
            return port.ToUpperInvariant();
        }

        if (!port.Contains('/', StringComparison.Ordinal))
        {
            return port;
        }

        string device = Resolve(Path.GetFullPath(port));
        return LastingName(device, byIdFolder ?? ById) ?? device;
    }

    private static string? LastingName(string device, string byIdFolder)
    {
        try
        {
            // Sorted: an adapter may have several names.
            return Directory.Exists(byIdFolder)
                ? Directory.GetFiles(byIdFolder).Order(StringComparer.Ordinal)
                    .FirstOrDefault(name => Resolve(name) == device)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Resolve(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}
