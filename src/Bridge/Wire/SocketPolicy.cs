using System.Net.Sockets;
using NetMQ;

namespace HilRig.Bridge.Wire;

/// <summary>
/// Socket options of the bridge. Old commands must not pile up below us: high-water mark 1 and
/// small kernel buffers; what a full queue refuses waits in a latest-wins slot above it.
/// </summary>
internal static class SocketPolicy
{
    /// <summary>
    /// Longest message taken, bytes. A peer that announces more is cut off; without a bound, NetMQ
    /// would allocate what a stranger's header claims.
    /// </summary>
    public const int MessageBytesMax = 64 * 1024;

    /// <summary>SO_SNDBUF and SO_RCVBUF, bytes; the kernel doubles them.</summary>
    public const int KernelBufferBytes = 16 * 1024;

    /// <summary>
    /// The same for states on their way through a gate, where what lies in the kernel is old: less,
    /// at the price of a far reader that gets fewer states.
    /// </summary>
    public const int StateBufferBytes = 4 * 1024;

    /// <summary>Queue of a socket that carries commands and requests.</summary>
    public const int CommandHighWatermark = 1;

    /// <summary>
    /// Queue of answers to one peer. A router drops what a full queue refuses, and an answer may
    /// not be lost because another one was just sent; 64 are under 4 KiB.
    /// </summary>
    public const int AnswerHighWatermark = 64;

    /// <summary>
    /// Queue of a socket that carries states. A publisher drops the newest message of a full queue,
    /// and a dropped state is a tick without an answer, so it takes a few late wake-ups.
    /// </summary>
    public const int StateHighWatermark = 8;

    // A silent peer whose machine is gone is noticed after some 20 s.
    private const int KeepAliveSeconds = 5;
    private const int KeepAliveRetries = 3;

    /// <summary>Applies the policy to a socket that is neither bound nor connected yet.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="highWatermark">Messages queued in each direction.</param>
    public static void Apply(NetMQSocket socket, int highWatermark)
    {
        socket.Options.SendHighWatermark = highWatermark;
        socket.Options.ReceiveHighWatermark = highWatermark;
        socket.Options.SendBuffer = KernelBufferBytes;
        socket.Options.ReceiveBuffer = KernelBufferBytes;
        socket.Options.MaxMsgSize = MessageBytesMax;
        socket.Options.Linger = TimeSpan.Zero;
    }

    /// <summary>Applies the policy to a plain TCP socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="bufferBytes">SO_SNDBUF and SO_RCVBUF, bytes; the kernel doubles them.</param>
    public static void Apply(Socket socket, int bufferBytes = KernelBufferBytes)
    {
        socket.NoDelay = true;
        socket.SendBufferSize = bufferBytes;
        socket.ReceiveBufferSize = bufferBytes;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(
            SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
        socket.SetSocketOption(
            SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveSeconds);
        socket.SetSocketOption(
            SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveRetries);
    }
}
