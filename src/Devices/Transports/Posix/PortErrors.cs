using HilRig.Core.Errors;

namespace HilRig.Devices.Transports.Posix;

/// <summary>Words for the ways in which a serial port cannot be opened.</summary>
internal static class PortErrors
{
    private const int NoSuchFile = 2;
    private const int NoSuchDeviceOrAddress = 6;
    private const int PermissionDenied = 13;
    private const int DeviceBusy = 16;
    private const int NoSuchDevice = 19;
    private const int NotATerminal = 25;

    public static DeviceException CannotOpen(string path, int error) => error switch
    {
        NoSuchFile or NoSuchDevice or NoSuchDeviceOrAddress => Absent(path),
        PermissionDenied => new DeviceException(
            "this user may not open the serial port",
            where: path,
            expected: "read and write permission",
            found: Libc.Describe(error),
            remedy: "add the user to the port's group: sudo usermod -aG dialout $USER "
                + "(uucp on Arch), then log in again"),
        DeviceBusy => Busy(path),
        _ => new DeviceException(
            "the serial port does not open",
            where: path,
            found: Libc.Describe(error),
            remedy: "unplug the adapter and plug it in again"),
    };

    public static DeviceException Absent(string path) => new(
        "the serial port does not exist",
        where: path,
        expected: "a serial port of this machine",
        found: SerialPortList.Describe(),
        remedy: "plug the adapter in and switch the arm on, or name another port in the rig file");

    public static DeviceException Busy(string path) => new(
        "the serial port is in use",
        where: path,
        expected: "a port no other program has open",
        found: PortHolder.Describe(path),
        remedy: "end that program; one process owns a bus");

    public static DeviceException CannotConfigure(string path, int baud, int error) =>
        error == NotATerminal
            ? new DeviceException(
                "this is not a serial port",
                where: path,
                expected: "a terminal device such as /dev/ttyACM0",
                found: Libc.Describe(error),
                remedy: "name another port in the rig file; this machine has: "
                    + SerialPortList.Describe())
            : new DeviceException(
                "the serial port refuses its settings",
                where: path,
                expected: $"{baud} baud, 8 data bits, no parity, 1 stop bit",
                found: Libc.Describe(error),
                remedy: "choose a baud rate the adapter supports");
}
