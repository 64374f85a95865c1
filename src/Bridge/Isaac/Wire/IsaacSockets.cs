using System.Globalization;
using Google.Protobuf;
using HilRig.Bridge.Isaac.Messages;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using NetMQ;

namespace HilRig.Bridge.Isaac.Wire;

/// <summary>Options of the sockets that talk to Isaac, and the frames on them.</summary>
internal static class IsaacSockets
{
    private const int CommandBufferBytes = 4 * 1024;
    private const int HeadBytesMax = 64 * 1024;
    private const string Loopback = "127.0.0.1";

    /// <summary>
    /// A socket of the camera stream: one frame in the queue, and no message longer than two images
    /// and their head.
    /// </summary>
    /// <param name="socket">Neither bound nor connected yet.</param>
    /// <param name="size">Size of the images.</param>
    public static void ApplyStream(NetMQSocket socket, IsaacImageSize size)
    {
        PooledBuffers.Install();
        socket.Options.SendHighWatermark = 1;
        socket.Options.ReceiveHighWatermark = 1;
        socket.Options.MaxMsgSize = (2L * size.PlaneBytes) + HeadBytesMax;
        socket.Options.Linger = TimeSpan.Zero;
    }

    /// <summary>
    /// A socket of commands: with a queue of one and small kernel buffers, a stalled Isaac finds
    /// tens of old commands when it goes on, not tens of thousands.
    /// </summary>
    /// <param name="socket">Neither bound nor connected yet.</param>
    public static void ApplyCommand(NetMQSocket socket)
    {
        PooledBuffers.Install();
        SocketPolicy.Apply(socket, SocketPolicy.CommandHighWatermark);
        socket.Options.SendBuffer = CommandBufferBytes;
        socket.Options.ReceiveBuffer = CommandBufferBytes;
    }

    /// <summary>Binds on the loopback address.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="port">Its port; 0 for any.</param>
    /// <returns>The port it got.</returns>
    /// <exception cref="NetMQException">The port is taken.</exception>
    public static int Bind(NetMQSocket socket, int port)
    {
        string endpoint = Endpoint(Loopback, port);
        socket.Bind(endpoint);
        string bound = socket.Options.LastEndpoint ?? endpoint;
        return int.Parse(bound[(bound.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
    }

    /// <summary>Starts a thread whose socket binds ports of Isaac's.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="ports">The ports, for the message.</param>
    /// <exception cref="DeviceException">A port is taken.</exception>
    public static void Start(SocketThread thread, IsaacPorts ports)
    {
        try
        {
            thread.Start();
        }
        catch (Exception error) when (SocketThread.IsOpenError(error))
        {
            throw new DeviceException(
                "a port for Isaac cannot be bound",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"one of {ports.Stream}, {ports.Control}, {ports.Settings}, {ports.Effector}"),
                "free ports on " + Loopback,
                error.Message.TrimEnd('.'),
                "end the other program, or choose other ports on both sides",
                error);
        }
    }

    /// <summary>The TCP endpoint of a host and port.</summary>
    /// <param name="host">Name or address.</param>
    /// <param name="port">Port.</param>
    public static string Endpoint(string host, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"tcp://{host}:{port}");

    /// <summary>Sends a message that is one frame; drops it when there is no room.</summary>
    /// <param name="socket">A socket of the calling thread.</param>
    /// <param name="message">The message.</param>
    /// <returns>Whether there was room.</returns>
    public static bool TrySend(NetMQSocket socket, IMessage message)
    {
        int size = message.CalculateSize();
        var frame = default(Msg);
        frame.InitPool(size);
        message.WriteTo(frame.Slice(0, size));
        bool sent = socket.TrySend(ref frame, TimeSpan.Zero, more: false);
        frame.Close();
        return sent;
    }
}
