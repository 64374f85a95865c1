using System.IO.Hashing;
using HilRig.Core.Errors;
using HilRig.Recording.Mcap.Encoding;
using HilRig.Recording.Mcap.Records;

namespace HilRig.Recording.Mcap;

/// <summary>
/// Reads a whole file once and holds data, indexes, counts and checksums against each other.
/// </summary>
public static class McapVerifier
{
    /// <summary>Verifies a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What was counted, which equals what the file states.</returns>
    /// <exception cref="RecordingException">
    /// Something does not hold; the message says what and where.
    /// </exception>
    public static McapStatistics Verify(string path)
    {
        using McapReader reader = McapReader.Open(path);
        using FileStream stream = McapReader.OpenFile(path);
        var scanner = new RecordScanner(stream);
        var counted = new SummaryBuilder();
        var chunk = new ChunkContent();
        int chunks = 0;
        int attachments = 0;
        int metadata = 0;
        while (scanner.MoveNext() && scanner.Opcode != McapOpcode.DataEnd)
        {
            string fault = "";
            switch (scanner.Opcode)
            {
                case McapOpcode.Chunk:
                    if (chunk.TryLoad(scanner.Content, out fault)
                        && ChunkCheck.TryPass(chunk, counted.Channels, out fault))
                    {
                        fault = CheckIndex(reader, chunks++, scanner, chunk);
                        Count(chunk, counted);
                    }

                    break;
                case McapOpcode.Attachment:
                    attachments++;
                    AttachmentCheck.TryDecode(scanner.Content, out _, out fault);
                    break;
                case McapOpcode.Metadata:
                    metadata++;
                    break;
                case McapOpcode.Schema:
                case McapOpcode.Channel:
                case McapOpcode.Message:
                    Count(scanner.Opcode, scanner.Content, counted);
                    break;
            }

            if (fault.Length > 0)
            {
                throw scanner.Damaged(path, fault);
            }
        }

        CheckDataEnd(path, scanner, stream);
        McapStatistics found = counted.BuildStatistics() with
        {
            ChunkCount = (uint)chunks,
            AttachmentCount = (uint)attachments,
            MetadataCount = (uint)metadata,
        };
        CheckStatistics(path, reader.Statistics, found);
        return found;
    }

    private static string CheckIndex(
        McapReader reader, int position, RecordScanner scanner, ChunkContent chunk)
    {
        if (position >= reader.Chunks.Count)
        {
            return "a chunk is missing from the summary";
        }

        McapChunkIndex index = reader.Chunks[position];
        bool holds = index.Offset == (ulong)scanner.Offset
            && index.LengthBytes == (ulong)(scanner.End - scanner.Offset)
            && index.MessageStartTime == chunk.MessageStartTime
            && index.MessageEndTime == chunk.MessageEndTime
            && index.UncompressedBytes == chunk.UncompressedBytes
            && index.CompressedBytes == chunk.CompressedBytes;
        return holds ? "" : "a chunk differs from its index in the summary";
    }

    private static void Count(ChunkContent chunk, SummaryBuilder counted)
    {
        ChunkRecords records = chunk.Records;
        while (records.MoveNext())
        {
            Count(records.Opcode, records.Content.Span, counted);
        }
    }

    private static void Count(
        McapOpcode opcode, ReadOnlySpan<byte> content, SummaryBuilder counted)
    {
        if (opcode == McapOpcode.Schema && RecordDecoder.TrySchema(content, out McapSchema schema))
        {
            counted.AddSchema(schema);
        }
        else if (opcode == McapOpcode.Channel
            && RecordDecoder.TryChannel(content, out McapChannel channel))
        {
            counted.AddChannel(channel);
        }
        else if (opcode == McapOpcode.Message
            && RecordDecoder.TryMessageHeader(content, out McapMessageHeader header)
            && counted.Channels.Exists(known => known.Id == header.ChannelId))
        {
            counted.CountMessage(header);
        }
    }

    private static void CheckDataEnd(string path, RecordScanner scanner, FileStream stream)
    {
        if (scanner.Opcode != McapOpcode.DataEnd)
        {
            throw scanner.Damaged(path, scanner.Fault ?? "the data section has no end");
        }

        uint stated = new RecordCursor(scanner.Content).ReadUInt32();
        if (stated == 0)
        {
            return;
        }

        var checksum = new Crc32();
        byte[] block = new byte[1 << 16];
        stream.Position = 0;
        long remaining = scanner.Offset;
        while (remaining > 0)
        {
            int count = (int)Math.Min(remaining, block.Length);
            stream.ReadExactly(block, 0, count);
            checksum.Append(block.AsSpan(0, count));
            remaining -= count;
        }

        if (checksum.GetCurrentHashAsUInt32() != stated)
        {
            throw scanner.Damaged(path, "the checksum of the data section does not hold");
        }
    }

    private static void CheckStatistics(string path, McapStatistics? stated, McapStatistics found)
    {
        if (stated is null)
        {
            return;
        }

        bool holds = stated with { ChannelMessageCounts = found.ChannelMessageCounts } == found;
        foreach ((ushort id, ulong count) in stated.ChannelMessageCounts)
        {
            holds &= found.ChannelMessageCounts.TryGetValue(id, out ulong number)
                && number == count;
        }

        if (!holds)
        {
            throw new RecordingException(
                "the counts of the summary do not hold", path, stated.ToString(), found.ToString());
        }
    }
}
