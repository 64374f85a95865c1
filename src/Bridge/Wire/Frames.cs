using Google.Protobuf;
using HilRig.Bridge.Protos;
using NetMQ;

namespace HilRig.Bridge.Wire;

/// <summary>
/// One message is one frame: a byte of <see cref="MessageKind"/>, then the protobuf.
/// </summary>
internal static class Frames
{
    /// <summary>Sends a message.</summary>
    /// <param name="socket">A socket of the calling thread.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="message">The message.</param>
    /// <param name="timeout">How long to wait for room.</param>
    /// <returns>Bytes sent, or 0 when there was no room.</returns>
    public static int Send(
        NetMQSocket socket, MessageKind kind, IMessage message, TimeSpan timeout)
    {
        int size = message.CalculateSize();
        var frame = default(Msg);
        frame.InitPool(size + 1);
        Span<byte> bytes = frame.Slice(0, size + 1);
        bytes[0] = (byte)kind;
        message.WriteTo(bytes.Slice(1, size));
        bool sent = socket.TrySend(ref frame, SocketWait.Whole(timeout), more: false);
        frame.Close();
        return sent ? size + 1 : 0;
    }

    /// <summary>
    /// Sends a message to one peer of a router socket; a peer that is gone gets nothing.
    /// </summary>
    /// <param name="router">A router socket of the calling thread.</param>
    /// <param name="peer">The peer's routing id.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="message">The message.</param>
    public static void SendTo(
        NetMQSocket router, byte[] peer, MessageKind kind, IMessage message)
    {
        var address = default(Msg);
        address.InitPool(peer.Length);
        peer.CopyTo(address.Slice(0, peer.Length));
        bool sent = router.TrySend(ref address, TimeSpan.Zero, more: true);
        address.Close();
        if (sent)
        {
            Send(router, kind, message, TimeSpan.Zero);
        }
    }

    /// <summary>Drops what is left of a multi-part message.</summary>
    /// <param name="socket">A socket of the calling thread.</param>
    /// <param name="frame">The last frame read.</param>
    public static void DropRest(NetMQSocket socket, ref Msg frame)
    {
        while (frame.HasMore && socket.TryReceive(ref frame, TimeSpan.Zero))
        {
        }
    }

    /// <summary>Splits a frame.</summary>
    /// <param name="frame">The bytes of the frame.</param>
    /// <param name="payload">What follows the kind.</param>
    /// <returns>Unspecified for an empty frame; any other byte as it is.</returns>
    public static MessageKind Split(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> payload)
    {
        payload = frame.IsEmpty ? frame : frame[1..];
        return frame.IsEmpty ? MessageKind.Unspecified : (MessageKind)frame[0];
    }

    /// <summary>Parses a rare message; cyclic ones have codecs.</summary>
    /// <param name="payload">Bytes after the kind.</param>
    /// <returns>Null when the bytes are not such a message.</returns>
    /// <typeparam name="T">Type of the message.</typeparam>
    public static T? Parse<T>(ReadOnlySpan<byte> payload)
        where T : class, IMessage<T>, new()
    {
        var message = new T();
        try
        {
            message.MergeFrom(payload);
            return message;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
