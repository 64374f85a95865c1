using Google.Protobuf;
using HilRig.Bridge.Protos.Learning;
using HilRig.Bridge.Wire;
using NetMQ;

namespace HilRig.Bridge.Learner;

/// <summary>Frames and bounds of the learner's channel.</summary>
internal static class LearnerWire
{
    /// <summary>Changes when old and new ends cannot work together.</summary>
    public const uint Protocol = 1;

    /// <summary>Longest message of a session, bytes: a record of an episode log.</summary>
    public const int RecordBytesMax = 40 << 20;

    /// <summary>Longest message of a learner, bytes: a policy of the reference size.</summary>
    public const int PolicyBytesMax = 128 << 20;

    /// <summary>Records that may be under way, not yet on the learner's disk.</summary>
    public const int Window = 16;

    /// <summary>Messages queued in each direction: a window and what goes beside it.</summary>
    public const int HighWatermark = 64;

    /// <summary>Alarms and figures of a report that are taken.</summary>
    public const int ItemsMax = 256;

    /// <summary>Between two signs of life, ns.</summary>
    public const long PulseNanoseconds = 250_000_000;

    /// <summary>Silence after which an end is lost, ns.</summary>
    public const long SilenceNanoseconds = 1_500_000_000;

    /// <summary>Longest wait for a message; what is to be sent waits as long.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan SendWait = TimeSpan.FromMilliseconds(100);

    /// <summary>Sets a socket up that is neither bound nor connected yet.</summary>
    public static void Apply(NetMQSocket socket, int messageBytesMax)
    {
        PooledBuffers.Install();
        socket.Options.SendHighWatermark = HighWatermark;
        socket.Options.ReceiveHighWatermark = HighWatermark;
        socket.Options.MaxMsgSize = messageBytesMax;
        socket.Options.Linger = TimeSpan.Zero;
    }

    /// <summary>Sends a message; false when there is no room for it.</summary>
    /// <param name="socket">A socket of the calling thread.</param>
    /// <param name="peer">Routing id of the receiver; null on a dealer socket.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="message">The message.</param>
    public static bool TrySend(
        NetMQSocket socket, byte[]? peer, LearnerMessage kind, IMessage message)
    {
        if (peer is not null && !TrySendAddress(socket, peer))
        {
            return false;
        }

        int size = message.CalculateSize();
        var frame = default(Msg);
        frame.InitPool(size + 1);
        Span<byte> bytes = frame.Slice(0, size + 1);
        bytes[0] = (byte)kind;
        message.WriteTo(bytes.Slice(1, size));
        bool sent = socket.TrySend(ref frame, SendWait, more: false);
        frame.Close();
        return sent;
    }

    /// <summary>Parses a message; null when the bytes are none.</summary>
    public static T? Parse<T>(ReadOnlySpan<byte> payload)
        where T : class, IMessage<T>, new() => Frames.Parse<T>(payload);

    private static bool TrySendAddress(NetMQSocket socket, byte[] peer)
    {
        var address = default(Msg);
        address.InitPool(peer.Length);
        peer.CopyTo(address.Slice(0, peer.Length));
        bool sent = socket.TrySend(ref address, TimeSpan.Zero, more: true);
        address.Close();
        return sent;
    }
}
