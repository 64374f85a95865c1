using System.Net.Sockets;
using HilRig.Core.RealTime;
using HilRig.Devices.Transports.Posix;

namespace HilRig.Devices.PacketClocked.RealTime;

/// <summary>
/// Waits for a datagram until an absolute instant, to the nanosecond on Linux (ppoll). Elsewhere
/// the system's milliseconds must do. Allocates nothing.
/// </summary>
internal sealed unsafe class DatagramWait
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private readonly Socket _socket;
    private readonly int _descriptor;

    /// <summary>Watches a socket.</summary>
    /// <param name="socket">The socket; outlives this object.</param>
    public DatagramWait(Socket socket)
    {
        _socket = socket;
        _descriptor = OperatingSystem.IsLinux() ? (int)socket.Handle : -1;
    }

    /// <summary>Whether a datagram is waiting now.</summary>
    public bool IsReady() => Poll(0);

    /// <summary>Waits.</summary>
    /// <param name="untilNanoseconds">When to give up, CLOCK_MONOTONIC ns.</param>
    /// <returns>Whether a datagram is waiting.</returns>
    public bool Until(long untilNanoseconds) =>
        Poll(Math.Max(0, untilNanoseconds - MonotonicClock.NowNanoseconds));

    private bool Poll(long nanoseconds)
    {
        if (_descriptor < 0)
        {
            int microseconds = (int)Math.Min(nanoseconds / 1000, int.MaxValue);
            return _socket.Poll(microseconds, SelectMode.SelectRead);
        }

        var wanted = new Libc.PollDescriptor { Descriptor = _descriptor, Events = Libc.PollIn };
        var timeout = new Libc.TimeSpec
        {
            Seconds = nanoseconds / NanosecondsPerSecond,
            Nanoseconds = nanoseconds % NanosecondsPerSecond,
        };
        return Libc.PollUntil(&wanted, 1, &timeout, null) > 0;
    }
}
