using NetMQ;

namespace HilRig.Bridge.Wire;

/// <summary>Bounded waits on sockets of NetMQ.</summary>
internal static class SocketWait
{
    /// <summary>
    /// A time as NetMQ 4.0.4.5 may be given it: rounded up to whole milliseconds, because it can
    /// wait for ever when it is given a part of one.
    /// </summary>
    /// <param name="wait">Any time; below zero counts as zero.</param>
    public static TimeSpan Whole(TimeSpan wait) => TimeSpan.FromMilliseconds(
        Math.Clamp(Math.Ceiling(wait.TotalMilliseconds), 0, int.MaxValue / 2));

    /// <summary>Receives a frame.</summary>
    /// <param name="socket">A socket of the calling thread.</param>
    /// <param name="frame">Receives the frame.</param>
    /// <param name="wait">How long to wait; see <see cref="Whole"/>.</param>
    /// <returns>Whether one came in time.</returns>
    public static bool TryReceive(NetMQSocket socket, ref Msg frame, TimeSpan wait) =>
        socket.TryReceive(ref frame, Whole(wait));
}
