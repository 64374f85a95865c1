using System.IO.Ports;

namespace HilRig.Devices.Transports;

/// <summary>The serial ports of this machine.</summary>
public static class SerialPortList
{
    private const string ById = "/dev/serial/by-id";

    /// <summary>Port names; stable names first where the system has them.</summary>
    public static IReadOnlyList<string> Find()
    {
        if (!OperatingSystem.IsLinux())
        {
            return SerialPort.GetPortNames();
        }

        var ports = new List<string>();
        if (Directory.Exists(ById))
        {
            ports.AddRange(Directory.GetFiles(ById).Order(StringComparer.Ordinal));
        }

        foreach (string pattern in (string[])["ttyACM*", "ttyUSB*", "ttyAMA*"])
        {
            ports.AddRange(Directory.GetFiles("/dev", pattern).Order(StringComparer.Ordinal));
        }

        return ports;
    }

    /// <summary>The ports in one line, or "no serial port".</summary>
    internal static string Describe()
    {
        IReadOnlyList<string> ports = Find();
        return ports.Count == 0 ? "no serial port on this machine" : string.Join(", ", ports);
    }
}
