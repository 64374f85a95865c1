using HilRig.Recording.Mcap.Encoding;
using HilRig.Recording.Mcap.Records;

namespace HilRig.Recording.Mcap;

/// <summary>
/// Holds the records of a chunk against its header and the channels known so far.
/// </summary>
internal static class ChunkCheck
{
    public static bool TryPass(
        ChunkContent chunk, IEnumerable<McapChannel> channels, out string fault)
    {
        var known = new HashSet<ushort>();
        foreach (McapChannel channel in channels)
        {
            known.Add(channel.Id);
        }

        ulong start = ulong.MaxValue;
        ulong end = 0;
        ChunkRecords records = chunk.Records;
        while (records.MoveNext())
        {
            if (!TryRecord(records, known, ref start, ref end))
            {
                fault = $"a {records.Opcode} record in a chunk is malformed "
                    + "or names an unknown channel";
                return false;
            }
        }

        start = start == ulong.MaxValue ? 0 : start;
        fault = records.Damaged ? "a record is cut off by the end of its chunk"
            : (start, end) != (chunk.MessageStartTime, chunk.MessageEndTime)
                ? $"a chunk states log times {chunk.MessageStartTime} to {chunk.MessageEndTime}, "
                    + $"its messages span {start} to {end}"
                : "";
        return fault.Length == 0;
    }

    private static bool TryRecord(
        in ChunkRecords record, HashSet<ushort> known, ref ulong start, ref ulong end)
    {
        ReadOnlySpan<byte> content = record.Content.Span;
        switch (record.Opcode)
        {
            case McapOpcode.Schema:
                return RecordDecoder.TrySchema(content, out _);
            case McapOpcode.Channel:
                bool decoded = RecordDecoder.TryChannel(content, out McapChannel channel);
                known.Add(channel.Id);
                return decoded;
            case McapOpcode.Message:
                if (!RecordDecoder.TryMessageHeader(content, out McapMessageHeader header))
                {
                    return false;
                }

                start = Math.Min(start, header.LogTime);
                end = Math.Max(end, header.LogTime);
                return known.Contains(header.ChannelId);
            default:
                // Later revisions of the format may put more kinds into chunks; readers skip them.
                return true;
        }
    }
}
