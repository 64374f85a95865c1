using NetMQ;

namespace HilRig.Bridge.Isaac.Topics;

/// <summary>The two frames of the second generation: topic, then protobuf.</summary>
internal static class TopicFrames
{
    /// <summary>Sends both frames, or none when there is no room.</summary>
    /// <param name="socket">A socket of the calling thread.</param>
    /// <param name="topic">Topic, UTF-8.</param>
    /// <param name="payload">The message; sent and emptied, or left as it is.</param>
    public static bool TrySend(NetMQSocket socket, byte[] topic, ref Msg payload)
    {
        var head = default(Msg);
        head.InitPool(topic.Length);
        topic.CopyTo(head.Slice(0, topic.Length));
        bool sent = socket.TrySend(ref head, TimeSpan.Zero, more: true);
        head.Close();
        return sent && socket.TrySend(ref payload, TimeSpan.Zero, more: false);
    }

    /// <summary>Receives both frames.</summary>
    /// <param name="socket">A socket of the calling thread.</param>
    /// <param name="topic">Receives the topic.</param>
    /// <param name="payload">Receives the message.</param>
    /// <param name="wait">How long to wait.</param>
    /// <param name="isWhole">Whether there were two frames.</param>
    /// <returns>Whether anything came.</returns>
    public static bool TryReceive(
        NetMQSocket socket, ref Msg topic, ref Msg payload, TimeSpan wait, out bool isWhole)
    {
        isWhole = false;
        if (!HilRig.Bridge.Wire.SocketWait.TryReceive(socket, ref topic, wait))
        {
            return false;
        }

        if (topic.HasMore && socket.TryReceive(ref payload, TimeSpan.Zero))
        {
            isWhole = !payload.HasMore;
            HilRig.Bridge.Wire.Frames.DropRest(socket, ref payload);
        }

        return true;
    }
}
