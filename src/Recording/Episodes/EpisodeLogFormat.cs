using System.Buffers.Binary;
using System.IO.Hashing;
using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Recording.Mcap.Encoding;

namespace HilRig.Recording.Episodes;

/// <summary>
/// The bytes of an episode log, little endian, checksums are CRC-32 (IEEE).
/// </summary>
/// <remarks>
/// <code>
/// file    magic "HILEPISO" | u32 schema | u32 n | n bytes of header | u32 checksum of all before
/// record  u32 mark "EPRC" | u8 kind | 3 zero | u32 number | u32 n | u32 checksum of these 16
///         n bytes of payload | u32 checksum of the payload
/// </code>
/// A record's length has a checksum of its own, so a damaged length is not taken for a torn end;
/// its number tells a record that was lost or doubled.
/// </remarks>
internal static class EpisodeLogFormat
{
    public const int RecordHeadBytes = 20;
    public const int ChecksumBytes = 4;
    public const int FileHeadBytes = 16;
    public const int PayloadBytesMax = 64 << 20;
    public const int HeaderBytesMax = 1 << 20;
    public const uint Schema = 1;
    private const ulong Magic = 0x4F53495045_4C4948; // "HILEPISO"
    private const uint Mark = 0x43525045; // "EPRC"
    private const int TextBytesMax = 4096;

    public static byte[] EncodeHeader(EpisodeLogHeader header)
    {
        var buffer = new RecordBuffer(1024);
        buffer.AppendUInt64(Magic);
        buffer.AppendUInt32(Schema);
        int start = buffer.BeginBlock();
        buffer.AppendString(header.Task);
        buffer.AppendUInt64(BitConverter.DoubleToUInt64Bits(header.PeriodSeconds));
        AppendChannels(buffer, header.Observation);
        AppendChannels(buffer, header.Action);
        buffer.EndBlock(start);
        buffer.AppendUInt32(buffer.ChecksumFrom(0));
        return buffer.Written.ToArray();
    }

    /// <summary>Length of a file's header after its first 16 bytes, or why it is none.</summary>
    public static string? CheckFileHead(ReadOnlySpan<byte> head, out int restBytes)
    {
        restBytes = 0;
        if (head.Length < FileHeadBytes || BinaryPrimitives.ReadUInt64LittleEndian(head) != Magic)
        {
            return "no episode log";
        }

        uint schema = BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(head[12..]);
        if (schema != Schema)
        {
            return FormattableString.Invariant($"an episode log of schema {schema}");
        }

        restBytes = (int)Math.Min(length, HeaderBytesMax) + ChecksumBytes;
        return length > HeaderBytesMax ? "a damaged header" : null;
    }

    /// <summary>Decodes a whole header; null when it is damaged.</summary>
    public static EpisodeLogHeader? DecodeHeader(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> body = bytes[..^ChecksumBytes];
        if (Crc32.HashToUInt32(body)
            != BinaryPrimitives.ReadUInt32LittleEndian(bytes[^ChecksumBytes..]))
        {
            return null;
        }

        var cursor = new RecordCursor(body[FileHeadBytes..]);
        var header = new EpisodeLogHeader
        {
            Task = cursor.ReadString(),
            PeriodSeconds = BitConverter.UInt64BitsToDouble(cursor.ReadUInt64()),
            Observation = ReadChannels(ref cursor),
            Action = ReadChannels(ref cursor),
        };
        return cursor.Failed || cursor.Remaining > 0 ? null : header;
    }

    /// <summary>Appends a record.</summary>
    public static void AppendRecord(
        RecordBuffer buffer, EpisodeRecordKind kind, long number, ReadOnlySpan<byte> payload)
    {
        int start = buffer.Length;
        buffer.AppendUInt32(Mark);
        buffer.AppendUInt32((byte)kind);
        buffer.AppendUInt32((uint)number);
        buffer.AppendUInt32((uint)payload.Length);
        buffer.AppendUInt32(buffer.ChecksumFrom(start));
        buffer.AppendBytes(payload);
        buffer.AppendUInt32(Crc32.HashToUInt32(payload));
    }

    /// <summary>Reads the head of a record; false when it is none.</summary>
    public static bool TryReadHead(ReadOnlySpan<byte> head, out EpisodeRecordHead result)
    {
        result = new EpisodeRecordHead(
            (EpisodeRecordKind)head[4],
            BinaryPrimitives.ReadUInt32LittleEndian(head[8..]),
            (int)Math.Min(
                BinaryPrimitives.ReadUInt32LittleEndian(head[12..]), (uint)PayloadBytesMax + 1));
        return BinaryPrimitives.ReadUInt32LittleEndian(head) == Mark
            && Crc32.HashToUInt32(head[..16])
                == BinaryPrimitives.ReadUInt32LittleEndian(head[16..]);
    }

    public static bool IsWhole(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> checksum) =>
        Crc32.HashToUInt32(payload) == BinaryPrimitives.ReadUInt32LittleEndian(checksum);

    public static byte[] EncodeAmendment(VerdictAmendment amendment)
    {
        if (amendment.By.Length > TextBytesMax / 4 || amendment.Why.Length > TextBytesMax / 4)
        {
            throw new ScenarioException(
                "A name or reason of a verdict is too long",
                expected: $"at most {TextBytesMax / 4} characters");
        }

        var buffer = new RecordBuffer(256);
        amendment.Id.TryWriteBytes(buffer.Append(16));
        buffer.AppendUInt64((ulong)amendment.EpisodeIndex);
        buffer.AppendByte((byte)amendment.Verdict);
        buffer.AppendByte((byte)amendment.Source);
        buffer.AppendUInt64((ulong)amendment.Utc.UtcTicks);
        buffer.AppendString(amendment.By);
        buffer.AppendString(amendment.Why);
        return buffer.Written.ToArray();
    }

    /// <summary>Decodes a later verdict; null when the bytes are none.</summary>
    public static VerdictAmendment? DecodeAmendment(ReadOnlySpan<byte> payload)
    {
        var cursor = new RecordCursor(payload);
        ReadOnlySpan<byte> id = cursor.ReadBytes(16);
        long index = (long)cursor.ReadUInt64();
        byte verdict = cursor.ReadByte();
        byte source = cursor.ReadByte();
        ulong ticks = cursor.ReadUInt64();
        string by = cursor.ReadString();
        string why = cursor.ReadString();
        return cursor.Failed
            || cursor.Remaining > 0
            || index < 0
            || verdict > (byte)EpisodeVerdict.Discarded
            || source > (byte)VerdictSource.Correction
            || ticks > (ulong)DateTimeOffset.MaxValue.Ticks
                ? null
                : new VerdictAmendment(
                    new Guid(id),
                    index,
                    (EpisodeVerdict)verdict,
                    (VerdictSource)source,
                    by,
                    why,
                    new DateTimeOffset((long)ticks, TimeSpan.Zero));
    }

    private static void AppendChannels(
        RecordBuffer buffer, IReadOnlyList<EpisodeChannel> channels)
    {
        buffer.AppendUInt32((uint)channels.Count);
        foreach (EpisodeChannel channel in channels)
        {
            buffer.AppendString(channel.Name);
            buffer.AppendString(channel.Unit);
            buffer.AppendUInt64(BitConverter.DoubleToUInt64Bits(channel.Offset));
            buffer.AppendUInt64(BitConverter.DoubleToUInt64Bits(channel.Scale));
        }
    }

    private static List<EpisodeChannel> ReadChannels(ref RecordCursor cursor)
    {
        uint count = cursor.ReadUInt32();
        var channels = new List<EpisodeChannel>();
        for (uint i = 0; i < count && !cursor.Failed; i++)
        {
            channels.Add(new EpisodeChannel(
                cursor.ReadString(),
                cursor.ReadString(),
                BitConverter.UInt64BitsToDouble(cursor.ReadUInt64()),
                BitConverter.UInt64BitsToDouble(cursor.ReadUInt64())));
        }

        return channels;
    }
}

/// <summary>Head of a record.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Its number in the log.</param>
/// <param name="PayloadBytes">Bytes that follow, without their checksum.</param>
internal readonly record struct EpisodeRecordHead(
    EpisodeRecordKind Kind, long Number, int PayloadBytes);
