using HilRig.Core.RealTime;
namespace HilRig.Devices.Transports.Posix;

/// <summary>
/// A non-blocking file descriptor with deadlines of nanosecond resolution. Reads and writes
/// allocate nothing.
/// </summary>
internal sealed unsafe class PosixDescriptor : IDisposable
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const int DiscardChunkBytes = 512;
    private const int DiscardChunksMax = 64;

    private int _descriptor;
    private bool _isLost;
    private bool _hasJustWritten;

    public PosixDescriptor(int descriptor)
    {
        _descriptor = descriptor;
    }

    public bool IsOpen => _descriptor >= 0 && !_isLost;

    public int Value => _descriptor;

    public TransportStatus Write(ReadOnlySpan<byte> bytes, long deadlineNanoseconds)
    {
        if (!IsOpen)
        {
            return TransportStatus.Lost;
        }

        _hasJustWritten = true;
        int done = 0;
        fixed (byte* pointer = bytes)
        {
            while (done < bytes.Length)
            {
                nint count = Libc.Write(_descriptor, pointer + done, (nuint)(bytes.Length - done));
                if (count > 0)
                {
                    done += (int)count;
                    continue;
                }

                TransportStatus status = AfterNothing(Libc.PollOut, deadlineNanoseconds, count);
                if (status != TransportStatus.Ok)
                {
                    return status;
                }
            }
        }

        return TransportStatus.Ok;
    }

    /// <remarks>
    /// The answer to what was just written is not there yet: waiting before the first read saves a
    /// call that a terminal makes dear, since an empty read flushes its buffers.
    /// </remarks>
    public TransportStatus Read(Span<byte> target, long deadlineNanoseconds, out int count)
    {
        count = 0;
        if (_hasJustWritten && IsOpen)
        {
            _hasJustWritten = false;
            if (WaitFor(Libc.PollIn, deadlineNanoseconds) == TransportStatus.Lost)
            {
                return TransportStatus.Lost;
            }
        }

        return ReadNow(target, deadlineNanoseconds, out count);
    }

    private TransportStatus ReadNow(
        Span<byte> target, long deadlineNanoseconds, out int count)
    {
        count = 0;
        if (!IsOpen)
        {
            return TransportStatus.Lost;
        }

        fixed (byte* pointer = target)
        {
            while (true)
            {
                nint read = Libc.Read(_descriptor, pointer, (nuint)target.Length);
                if (read > 0)
                {
                    count = (int)read;
                    return TransportStatus.Ok;
                }

                TransportStatus status = AfterNothing(Libc.PollIn, deadlineNanoseconds, read);
                if (status != TransportStatus.Ok)
                {
                    return status;
                }
            }
        }
    }

    /// <summary>Reads until nothing is left; bounded, in case the other end never stops.</summary>
    public void DiscardInput()
    {
        Span<byte> chunk = stackalloc byte[DiscardChunkBytes];
        for (int index = 0; index < DiscardChunksMax; index++)
        {
            if (ReadNow(chunk, 0, out int count) != TransportStatus.Ok || count < DiscardChunkBytes)
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        int descriptor = Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor >= 0)
        {
            _ = Libc.Close(descriptor);
        }
    }

    // A call moved no byte: wait until one can move, or say why that is hopeless.
    private TransportStatus AfterNothing(short events, long deadlineNanoseconds, nint result)
    {
        int error = result == 0 ? 0 : Libc.LastError;
        if (error == Libc.ErrorInterrupted)
        {
            return TransportStatus.Ok;
        }

        if (error != Libc.ErrorAgain)
        {
            // Zero bytes or EIO: the line hung up. ENODEV, ENXIO: the adapter was unplugged.
            _isLost = true;
            return TransportStatus.Lost;
        }

        return WaitFor(events, deadlineNanoseconds);
    }

    private TransportStatus WaitFor(short events, long deadlineNanoseconds)
    {
        long remaining = deadlineNanoseconds - MonotonicClock.NowNanoseconds;
        if (remaining <= 0)
        {
            return TransportStatus.Timeout;
        }

        var poll = new Libc.PollDescriptor { Descriptor = _descriptor, Events = events };
        var timeout = new Libc.TimeSpec
        {
            Seconds = remaining / NanosecondsPerSecond,
            Nanoseconds = remaining % NanosecondsPerSecond,
        };
        int ready = Libc.PollUntil(&poll, 1, &timeout, null);
        if (ready == 0)
        {
            return TransportStatus.Timeout;
        }

        if (ready < 0)
        {
            return Libc.LastError == Libc.ErrorInterrupted ? TransportStatus.Ok : MarkLost();
        }

        const int Gone = Libc.PollHangUp | Libc.PollError | Libc.PollInvalid;
        return (poll.Returned & events) == 0 && (poll.Returned & Gone) != 0
            ? MarkLost()
            : TransportStatus.Ok;
    }

    private TransportStatus MarkLost()
    {
        _isLost = true;
        return TransportStatus.Lost;
    }
}
