using System.Net;
using System.Net.Sockets;
using HilRig.Bridge.Security.Zmtp;
using HilRig.Bridge.Wire;

namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// The gate as a peer of the bridge behind it, on the loopback address: one connection for each
/// peer outside, so that the bridge tells them apart. What it sends is our own clean ZMTP.
/// </summary>
internal sealed class BridgePeer : IDisposable
{
    private readonly Socket _socket = new(
        AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true,
        SendBufferSize = SocketPolicy.KernelBufferBytes,
        ReceiveBufferSize = SocketPolicy.KernelBufferBytes,
    };

    private ZmtpReader? _reader;
    private ZmtpWriter? _writer;

    /// <summary>The newest message; good until the next read.</summary>
    public ReadOnlySpan<byte> Message => _reader!.Body;

    /// <summary>Connects and shakes hands.</summary>
    /// <param name="port">The bridge's port.</param>
    /// <param name="types">Socket types: ours, the bridge's.</param>
    /// <param name="writing">Set while a write lasts.</param>
    /// <param name="stall">How long one may last.</param>
    /// <returns>Whether the bridge is there.</returns>
    public bool TryOpen(
        int port, (string Ours, string Theirs) types, Deadline writing, TimeSpan stall)
    {
        try
        {
            _socket.Connect(IPAddress.Loopback, port);
            var stream = new GuardedStream(
                new NetworkStream(_socket), writing, (stall, GateReason.BridgeLost));
            _reader = new ZmtpReader(stream, SocketPolicy.MessageBytesMax);
            _writer = new ZmtpWriter(stream);
            _writer.WriteGreeting();
            _writer.WriteCommand(ZmtpCommand.Ready(types.Ours));
            return _reader.ReadHandshake(types.Theirs) == GateReason.None;
        }
        catch (Exception error) when (IsLoss(error))
        {
            return false;
        }
    }

    /// <summary>Sends a message.</summary>
    /// <param name="body">Its bytes.</param>
    /// <returns>False when the bridge is gone.</returns>
    public bool TrySend(ReadOnlySpan<byte> body)
    {
        try
        {
            _writer!.WriteMessage(body);
            return true;
        }
        catch (Exception error) when (IsLoss(error))
        {
            return false;
        }
    }

    /// <summary>Waits for the next message.</summary>
    /// <returns>False when the bridge is gone.</returns>
    public bool TryRead()
    {
        try
        {
            GateReason reason;
            do
            {
                reason = _reader!.ReadFrame();
            }
            while (reason == GateReason.None && _reader.IsCommand);
            return reason == GateReason.None;
        }
        catch (Exception error) when (IsLoss(error))
        {
            return false;
        }
    }

    /// <summary>Closes the connection; any thread, also while another one reads.</summary>
    public void Dispose() => _socket.Dispose();

    private static bool IsLoss(Exception error) =>
        error is IOException or SocketException or ObjectDisposedException;
}
