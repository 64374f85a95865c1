using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using NetMQ;
using NetMQ.Sockets;

namespace HilRig.Bridge.Bulk;

/// <summary>
/// Sends handles of images to whoever listens: PUB on 127.0.0.1, one frame of 32 bytes a handle.
/// </summary>
/// <remarks>One thread.</remarks>
public sealed class BulkAnnouncer : IDisposable
{
    private const int HandlesQueued = 64;
    private readonly PublisherSocket _socket = new();

    /// <summary>Binds.</summary>
    /// <param name="port">Its port; 0 for any.</param>
    /// <exception cref="DeviceException">The port is taken.</exception>
    public BulkAnnouncer(int port = 0)
    {
        PooledBuffers.Install();
        SocketPolicy.Apply(_socket, HandlesQueued);
        string endpoint = FormattableString.Invariant($"tcp://127.0.0.1:{port}");
        try
        {
            _socket.Bind(endpoint);
        }
        catch (Exception error) when (SocketThread.IsOpenError(error))
        {
            _socket.Dispose();
            throw new DeviceException(
                "the port of the image handles cannot be bound", endpoint,
                found: error.Message.TrimEnd('.'), remedy: "choose another", inner: error);
        }

        Endpoint = _socket.Options.LastEndpoint ?? endpoint;
    }

    /// <summary>Where listeners connect.</summary>
    public string Endpoint { get; }

    /// <summary>Sends a handle; a listener that is too slow does not get it.</summary>
    /// <param name="handle">Which frame.</param>
    public void Announce(in BulkHandle handle)
    {
        var frame = default(Msg);
        frame.InitPool(BulkHandle.EncodedBytes);
        handle.Encode(frame.Slice(0, BulkHandle.EncodedBytes));
        _socket.TrySend(ref frame, TimeSpan.Zero, more: false);
        frame.Close();
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket.Dispose();
}
