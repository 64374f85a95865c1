namespace HilRig.Rig.Doctor.Checks;

/// <summary>USB serial adapters: their latency timer, power saving, and who may use them.</summary>
internal static class SerialCheck
{
    private const string Class = "/sys/class/tty";
    private const int LevelsToDeviceMax = 4;

    /// <summary>Names of the USB serial ports, such as ttyUSB0.</summary>
    /// <param name="files">The machine.</param>
    public static IReadOnlyList<string> Ports(MachineFiles files) =>
    [
        .. files.Names(Class).Where(name =>
            name.StartsWith("ttyUSB", StringComparison.Ordinal)
            || name.StartsWith("ttyACM", StringComparison.Ordinal)),
    ];

    /// <summary>Looks at every adapter.</summary>
    /// <param name="files">The machine.</param>
    public static IEnumerable<Finding> Look(MachineFiles files)
    {
        IReadOnlyList<string> ports = Ports(files);
        if (ports.Count == 0)
        {
            yield return new(
                "usb-serial", Severity.Ok, "no USB serial adapter",
                "a real arm's bus hangs on one");
        }

        foreach (string port in ports)
        {
            string device = files.Follow($"{Class}/{port}/device");
            string driver = Path.GetFileName(files.Follow(device + "/driver"));
            yield return LookAtTimer(files, port, driver, device);
            yield return LookAtPower(files, port, device);
            yield return LookAtRights(files, port);
        }
    }

    private static Finding LookAtTimer(
        MachineFiles files, string port, string driver, string device)
    {
        string id = "latency-timer-" + port;
        const string Why = "an FTDI adapter keeps received bytes until its timer ends: 16 ms cap a"
            + " bus at about 60 Hz";
        long? milliseconds = files.Number(device + "/latency_timer");
        return milliseconds switch
        {
            null => new(id, Severity.Ok, $"{driver}: no such timer", Why),
            <= 1 => new(id, Severity.Ok, $"{driver}: {milliseconds} ms", Why),
            _ => new(
                id, Severity.Warn, $"{driver}: {milliseconds} ms", Why,
                $"echo 1 > {Class}/{port}/device/latency_timer; for good, in"
                    + " /etc/udev/rules.d/99-serial.rules: ACTION==\"add\","
                    + " SUBSYSTEM==\"usb-serial\", DRIVER==\"ftdi_sio\","
                    + " ATTR{latency_timer}=\"1\"")
            {
                Rank = 0,
            },
        };
    }

    private static Finding LookAtPower(MachineFiles files, string port, string device)
    {
        string id = "usb-autosuspend-" + port;
        const string Why = "an adapter that sleeps loses the first bytes it is sent";
        string? place = UsbDevice(files, device);
        string control = place is null ? "" : files.Text(place + "/power/control") ?? "";
        return control == "auto"
            ? new(
                id, Severity.Warn, "auto", Why,
                $"echo on > {place}/power/control, or boot with usbcore.autosuspend=-1")
            {
                Rank = 15,
            }
            : new(id, Severity.Ok, control.Length > 0 ? control : "not managed", Why);
    }

    private static Finding LookAtRights(MachineFiles files, string port)
    {
        string id = "port-rights-" + port;
        const string Why = "without it no program of this user can reach the servos";
        string path = "/dev/" + port;
        return files.MayUse(path)
            ? new(id, Severity.Ok, path + " may be used", Why)
            : new(
                id, Severity.Fail, path + " may not be used", Why,
                "sudo usermod -aG dialout $USER, then log in again")
            {
                Rank = 4,
            };
    }

    // The interface hangs below the device, the serial port (of usb-serial drivers) below that.
    private static string? UsbDevice(MachineFiles files, string device)
    {
        string? place = device;
        for (int level = 0; level < LevelsToDeviceMax && place is { Length: > 1 }; level++)
        {
            if (files.Exists(place + "/idVendor"))
            {
                return place;
            }

            place = Path.GetDirectoryName(place);
        }

        return null;
    }
}
