using System.Runtime.InteropServices;
using System.Text;
using HilRig.Core.Errors;

namespace HilRig.Devices.Transports.Posix;

/// <summary>
/// A pseudo-terminal pair: a driver opens <see cref="SlavePath"/> as its serial port, the virtual
/// device reads and writes this end. The slave is raw from the start and stays open here, so that a
/// driver may come and go. It does not pace bytes: whoever uses it does.
/// </summary>
public sealed unsafe class PseudoTerminal : IByteTransport
{
    private const int PathBytesMax = 128;

    private readonly PosixDescriptor _master;
    private readonly PosixDescriptor _slave;

    private PseudoTerminal(PosixDescriptor master, PosixDescriptor slave, string slavePath)
    {
        _master = master;
        _slave = slave;
        SlavePath = slavePath;
    }

    /// <summary>Path to give to a driver as its port.</summary>
    public string SlavePath { get; }

    /// <inheritdoc/>
    public string Name => SlavePath;

    /// <inheritdoc/>
    public bool IsOpen => _master.IsOpen;

    /// <summary>
    /// Baud rate the driver has set on the slave, so that a virtual device can be silent at the
    /// wrong one; 0 when it cannot be read.
    /// </summary>
    public int ObservedBaud =>
        _master.IsOpen && Termios2.TryGet(_master.Value, out Termios2 settings)
        ? (int)settings.OutputSpeed
        : 0;

    /// <summary>Makes a pair.</summary>
    /// <param name="baud">Baud rate the slave shows until a driver sets one.</param>
    /// <exception cref="DeviceException">
    /// The system has no pseudo-terminals, or none left.
    /// </exception>
    public static PseudoTerminal Open(int baud = 1_000_000)
    {
        const int Flags = Libc.OpenReadWrite | Libc.OpenNoControllingTerminal
            | Libc.OpenNonBlocking | Libc.OpenCloseOnExec;
        if (!OperatingSystem.IsLinux())
        {
            throw new DeviceException(
                "pseudo-terminals need Linux", remedy: "use a tcp:// port for the virtual rig");
        }

        int masterHandle = Libc.OpenPseudoTerminal(Flags);
        if (masterHandle < 0)
        {
            throw CannotMake("posix_openpt");
        }

        var master = new PosixDescriptor(masterHandle);
        int slaveHandle = -1;
        try
        {
            byte* path = stackalloc byte[PathBytesMax];
            if (Libc.GrantPseudoTerminal(masterHandle) != 0
                || Libc.UnlockPseudoTerminal(masterHandle) != 0
                || Libc.PseudoTerminalName(masterHandle, path, PathBytesMax) != 0)
            {
                throw CannotMake("grantpt, unlockpt or ptsname_r");
            }

            slaveHandle = Libc.Open(path, Flags);
            if (slaveHandle < 0 || !Termios2.TrySetRaw(slaveHandle, baud))
            {
                throw CannotMake("opening the slave");
            }

            string slavePath = Encoding.UTF8.GetString(
                MemoryMarshal.CreateReadOnlySpanFromNullTerminated(path));
            return new PseudoTerminal(master, new PosixDescriptor(slaveHandle), slavePath);
        }
        catch
        {
            new PosixDescriptor(slaveHandle).Dispose();
            master.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public TransportStatus Write(ReadOnlySpan<byte> bytes, long deadlineNanoseconds) =>
        _master.Write(bytes, deadlineNanoseconds);

    /// <inheritdoc/>
    public TransportStatus Read(Span<byte> target, long deadlineNanoseconds, out int count) =>
        _master.Read(target, deadlineNanoseconds, out count);

    /// <inheritdoc/>
    public void DiscardInput() => _master.DiscardInput();

    /// <summary>Closes both ends: a driver sees its port vanish.</summary>
    public void Dispose()
    {
        _slave.Dispose();
        _master.Dispose();
    }

    private static DeviceException CannotMake(string call) => new(
        "cannot make a pseudo-terminal",
        where: call,
        found: Libc.Describe(Libc.LastError),
        remedy: "mount devpts, or use a tcp:// port for the virtual rig");
}
