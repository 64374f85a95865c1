using HilRig.Core.RealTime;
using System.Text;
using HilRig.Core.Errors;

namespace HilRig.Devices.Transports.Posix;

/// <summary>
/// A Linux serial port: termios2 for any baud rate, O_NONBLOCK, poll, read and write with deadlines
/// in ns, exclusive use by flock and TIOCEXCL, low latency where the driver offers it. 0 bytes
/// allocated a call.
/// </summary>
public sealed unsafe class PosixSerialTransport : IByteTransport
{
    private const nuint ExclusiveUse = 0x540C;
    private const nuint FlushQueues = 0x540B;
    private const nuint BytesInOutputQueue = 0x5411;
    private const int FlushBoth = 2;
    private const long DrainNanosecondsMax = 10_000_000;
    private const long DrainPollNanoseconds = 200_000;

    private readonly PosixDescriptor _descriptor;

    private PosixSerialTransport(string name, PosixDescriptor descriptor, bool hasLowLatency)
    {
        Name = name;
        _descriptor = descriptor;
        HasLowLatency = hasLowLatency;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    /// <remarks>
    /// A pseudo-terminal's bytes cross a kernel worker of ordinary priority, which waits behind
    /// busy programs (15 ms seen with two of them on two processors). An interrupt carries a real
    /// port's.
    /// </remarks>
    public long LatencyNanosecondsMin =>
        Name.StartsWith("/dev/pts/", StringComparison.Ordinal) ? 20_000_000 : 2_000_000;

    /// <inheritdoc/>
    public bool IsOpen => _descriptor.IsOpen;

    /// <summary>
    /// Whether the driver accepted ASYNC_LOW_LATENCY. Pseudo-terminals and CDC adapters have no
    /// such setting; on an FTDI adapter false means that replies wait for its 16 ms timer.
    /// </summary>
    public bool HasLowLatency { get; }

    /// <summary>Opens a serial port for this process alone.</summary>
    /// <param name="path">Such as "/dev/ttyACM0", "/dev/serial/by-id/…" or "/dev/pts/4".</param>
    /// <param name="baud">Bits per second; any rate the driver can make.</param>
    /// <exception cref="DeviceException">
    /// The port is absent, busy, not permitted, or no serial port.
    /// </exception>
    public static PosixSerialTransport Open(string path, int baud)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(baud);
        byte[] pathBytes = Encoding.UTF8.GetBytes(path + '\0');
        int handle;
        fixed (byte* pointer = pathBytes)
        {
            handle = Libc.Open(
                pointer,
                Libc.OpenReadWrite
                | Libc.OpenNoControllingTerminal
                | Libc.OpenNonBlocking
                | Libc.OpenCloseOnExec);
        }

        if (handle < 0)
        {
            throw PortErrors.CannotOpen(path, Libc.LastError);
        }

        var descriptor = new PosixDescriptor(handle);
        try
        {
            TakeForOurselves(path, handle);
            if (!Termios2.TrySetRaw(handle, baud))
            {
                throw PortErrors.CannotConfigure(path, baud, Libc.LastError);
            }

            bool hasLowLatency = SerialLatency.TryLower(handle);
            _ = Libc.ControlValue(handle, FlushQueues, FlushBoth);
            return new PosixSerialTransport(path, descriptor, hasLowLatency);
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public TransportStatus Write(ReadOnlySpan<byte> bytes, long deadlineNanoseconds) =>
        _descriptor.Write(bytes, deadlineNanoseconds);

    /// <inheritdoc/>
    public TransportStatus Read(Span<byte> target, long deadlineNanoseconds, out int count) =>
        _descriptor.Read(target, deadlineNanoseconds, out count);

    /// <inheritdoc/>
    public void DiscardInput() => _descriptor.DiscardInput();

    /// <summary>
    /// Closes the port. Bytes already written get 10 ms to leave; what is left then is thrown away,
    /// because closing a tty otherwise waits up to 30 s for a stuck line.
    /// </summary>
    public void Dispose()
    {
        if (_descriptor.IsOpen)
        {
            WaitUntilSent();
            _ = Libc.ControlValue(_descriptor.Value, FlushQueues, FlushBoth);
        }

        _descriptor.Dispose();
    }

    private static void TakeForOurselves(string path, int handle)
    {
        if (Libc.Lock(handle, Libc.LockExclusive | Libc.LockNonBlocking) != 0)
        {
            throw PortErrors.Busy(path);
        }

        // A terminal that somebody else keeps open stays exclusive after its owner died. That is
        // the case behind the emulator, and the guardian must get in, so a pseudo-terminal has the
        // flock alone. TIOCEXCL also keeps out programs that take no lock.
        if (!path.StartsWith("/dev/pts/", StringComparison.Ordinal))
        {
            _ = Libc.ControlValue(handle, ExclusiveUse, 0);
        }
    }

    private void WaitUntilSent()
    {
        long deadline = MonotonicClock.NowNanoseconds + DrainNanosecondsMax;
        int queued = 0;
        while (Libc.Control(_descriptor.Value, BytesInOutputQueue, &queued) == 0
            && queued > 0
            && MonotonicClock.NowNanoseconds < deadline)
        {
            var pause = new Libc.TimeSpec { Nanoseconds = DrainPollNanoseconds };
            _ = Libc.PollUntil(null, 0, &pause, null);
        }
    }
}
