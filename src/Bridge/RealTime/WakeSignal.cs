using HilRig.Core.RealTime;
namespace HilRig.Bridge.RealTime;

/// <summary>
/// Wakes one waiting thread from another, with a deadline in nanoseconds and no allocation: eventfd
/// and ppoll on Linux, an auto-reset event (whole milliseconds) elsewhere. A signal that comes
/// while nobody waits is kept; several count as one.
/// </summary>
internal sealed unsafe class WakeSignal : IDisposable
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly int _descriptor = -1;
    private readonly AutoResetEvent? _portable;

    /// <summary>Makes an unset signal.</summary>
    public WakeSignal()
    {
        if (OperatingSystem.IsLinux() && Environment.Is64BitProcess)
        {
            _descriptor = LinuxEvent.Create(0, LinuxEvent.NonBlockingCloseOnExec);
        }

        if (_descriptor < 0)
        {
            _portable = new AutoResetEvent(false);
        }
    }

    /// <summary>Wakes the waiting thread, or the next one that waits.</summary>
    public void Set()
    {
        if (_portable is not null)
        {
            _portable.Set();
            return;
        }

        ulong one = 1;
        LinuxEvent.Write(_descriptor, &one, sizeof(ulong));
    }

    /// <summary>Waits for a signal and takes it; may also return early for no reason.</summary>
    /// <param name="untilNanoseconds">When to give up, CLOCK_MONOTONIC ns.</param>
    public void Wait(long untilNanoseconds)
    {
        long left = Math.Max(0, untilNanoseconds - MonotonicClock.NowNanoseconds);
        if (_portable is not null)
        {
            _portable.WaitOne((int)Math.Min(int.MaxValue, (left + 999_999) / 1_000_000));
            return;
        }

        var entry = new LinuxEvent.PollEntry
        {
            Descriptor = _descriptor,
            Events = LinuxEvent.Readable,
        };
        var timeout = new LinuxEvent.Timespec
        {
            Seconds = left / NanosecondsPerSecond,
            Nanoseconds = left % NanosecondsPerSecond,
        };
        if (LinuxEvent.Poll(&entry, 1, &timeout, null) > 0)
        {
            ulong count;
            LinuxEvent.Read(_descriptor, &count, sizeof(ulong));
        }
    }

    /// <summary>Closes the signal; nobody may wait on it any more.</summary>
    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            _ = LinuxEvent.Close(_descriptor);
        }

        _portable?.Dispose();
    }
}
