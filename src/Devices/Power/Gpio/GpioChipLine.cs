using System.Text;
using HilRig.Core.Errors;
using HilRig.Devices.Transports.Posix;

namespace HilRig.Devices.Power.Gpio;

/// <summary>
/// A line of /dev/gpiochipN. An output begins inactive, and the kernel gives the line back when the
/// process ends, however it ends; what the pin does then is the board's to say.
/// </summary>
public sealed unsafe class GpioChipLine : IGpioLine
{
    private static readonly byte[] Consumer = "hilrig"u8.ToArray();
    private readonly int _descriptor;
    private bool _isDisposed;

    private GpioChipLine(string name, int descriptor)
    {
        Name = name;
        _descriptor = descriptor;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Requests a line.</summary>
    /// <param name="chip">The chip, such as "/dev/gpiochip0".</param>
    /// <param name="offset">Number of the line on it.</param>
    /// <param name="isOutput">Whether it is driven; else it is read, pulled down.</param>
    /// <param name="isActiveLow">Whether low voltage means active.</param>
    /// <exception cref="DeviceException">No such chip or line, or somebody has it.</exception>
    public static GpioChipLine Request(
        string chip, int offset, bool isOutput, bool isActiveLow = false)
    {
        ArgumentNullException.ThrowIfNull(chip);
        string name = $"{chip} line {offset}";
        if (!OperatingSystem.IsLinux())
        {
            throw new DeviceException("GPIO lines need Linux", name);
        }

        int chipDescriptor;
        fixed (byte* path = Encoding.UTF8.GetBytes(chip + '\0'))
        {
            chipDescriptor = Libc.Open(path, Libc.OpenReadWrite | Libc.OpenCloseOnExec);
        }

        if (chipDescriptor < 0)
        {
            throw CannotUse(name, "a GPIO chip, such as /dev/gpiochip0");
        }

        try
        {
            var request = default(GpioCalls.LineRequest);
            request.Offsets[0] = (uint)offset;
            request.LineCount = 1;
            request.Configuration.Flags =
                (isOutput ? GpioCalls.FlagOutput : GpioCalls.FlagInput | GpioCalls.FlagBiasPullDown)
                | (isActiveLow ? GpioCalls.FlagActiveLow : 0);
            Consumer.CopyTo(new Span<byte>(request.Consumer, GpioCalls.NameBytes));
            return Libc.Control(chipDescriptor, GpioCalls.GetLine, &request) < 0
                ? throw CannotUse(name, "a free line of this chip")
                : new GpioChipLine(name, request.Descriptor);
        }
        finally
        {
            _ = Libc.Close(chipDescriptor);
        }
    }

    /// <inheritdoc/>
    public bool TryRead(out bool isActive)
    {
        var values = new GpioCalls.LineValues { Mask = 1 };
        bool isRead = !_isDisposed
            && Libc.Control(_descriptor, GpioCalls.GetValues, &values) >= 0;
        isActive = isRead && (values.Bits & 1) != 0;
        return isRead;
    }

    /// <inheritdoc/>
    public bool TryWrite(bool isActive)
    {
        var values = new GpioCalls.LineValues { Mask = 1, Bits = isActive ? 1UL : 0 };
        return !_isDisposed && Libc.Control(_descriptor, GpioCalls.SetValues, &values) >= 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _ = Libc.Close(_descriptor);
        }
    }

    private static DeviceException CannotUse(string name, string expected) => new(
        "The GPIO line cannot be used",
        name,
        expected,
        Libc.Describe(Libc.LastError),
        "'gpioinfo' lists chips, lines and who has them");
}
