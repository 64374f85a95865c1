using HilRig.Recording.Mcap.Encoding;

namespace HilRig.Recording.Mcap;

/// <summary>Times and places of the messages of one chunk, by channel; reused.</summary>
internal sealed class MessageIndexes
{
    private readonly List<ChannelOffsets> _channels = [];

    public void Add(ushort channelId, ulong logTime, ulong offset)
    {
        while (_channels.Count <= channelId)
        {
            _channels.Add(new ChannelOffsets());
        }

        _channels[channelId].Add(logTime, offset);
    }

    public void Clear()
    {
        foreach (ChannelOffsets channel in _channels)
        {
            channel.Clear();
        }
    }

    /// <summary>Appends one message index record a channel, and starts anew.</summary>
    /// <param name="target">Receives the records.</param>
    /// <param name="bufferOffset">Where in the file the buffer's first byte will lie.</param>
    /// <returns>Place of each channel's record in the file.</returns>
    public Dictionary<ushort, ulong> AppendTo(RecordBuffer target, ulong bufferOffset)
    {
        var places = new Dictionary<ushort, ulong>();
        for (int id = 0; id < _channels.Count; id++)
        {
            ChannelOffsets channel = _channels[id];
            if (channel.Count == 0)
            {
                continue;
            }

            places[(ushort)id] = bufferOffset + (ulong)target.Length;
            int start = target.BeginRecord(McapOpcode.MessageIndex);
            target.AppendUInt16((ushort)id);
            target.AppendUInt32((uint)(channel.Count * 16));
            for (int i = 0; i < channel.Count; i++)
            {
                target.AppendUInt64(channel.LogTimes[i]);
                target.AppendUInt64(channel.Offsets[i]);
            }

            target.EndRecord(start);
        }

        Clear();
        return places;
    }
}
