using System.Buffers.Binary;

namespace HilRig.Recording.Mcap.Encoding;

/// <summary>
/// Reads MCAP fields one after another. A read past the end sets <see cref="Failed"/> and yields
/// zeros, so a decoder checks once at its end and never throws.
/// </summary>
internal ref struct RecordCursor
{
    private static readonly System.Text.UTF8Encoding StrictUtf8 = new(false, true);
    private readonly ReadOnlySpan<byte> _bytes;

    public RecordCursor(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    public int Position { get; private set; }

    public bool Failed { get; private set; }

    public readonly int Remaining => _bytes.Length - Position;

    public byte ReadByte() => Take(1) is [byte value] ? value : (byte)0;

    public ushort ReadUInt16() =>
        Take(2) is { Length: 2 } span ? BinaryPrimitives.ReadUInt16LittleEndian(span) : (ushort)0;

    public uint ReadUInt32() =>
        Take(4) is { Length: 4 } span ? BinaryPrimitives.ReadUInt32LittleEndian(span) : 0;

    public ulong ReadUInt64() =>
        Take(8) is { Length: 8 } span ? BinaryPrimitives.ReadUInt64LittleEndian(span) : 0;

    /// <summary>
    /// The next <paramref name="count"/> bytes; empty when there are not that many.
    /// </summary>
    public ReadOnlySpan<byte> ReadBytes(ulong count) => Take(count);

    public string ReadString()
    {
        ReadOnlySpan<byte> bytes = Take(ReadUInt32());
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (ArgumentException)
        {
            Failed = true;
            return "";
        }
    }

    public Dictionary<string, string> ReadStringMap()
    {
        var map = new Dictionary<string, string>();
        var entries = new RecordCursor(Take(ReadUInt32()));
        while (entries.Remaining > 0 && !entries.Failed)
        {
            string key = entries.ReadString();
            map[key] = entries.ReadString();
        }

        Failed |= entries.Failed;
        return map;
    }

    public Dictionary<ushort, ulong> ReadNumberMap()
    {
        var map = new Dictionary<ushort, ulong>();
        var entries = new RecordCursor(Take(ReadUInt32()));
        while (entries.Remaining > 0 && !entries.Failed)
        {
            ushort key = entries.ReadUInt16();
            map[key] = entries.ReadUInt64();
        }

        Failed |= entries.Failed;
        return map;
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (Failed || count > (ulong)Remaining)
        {
            Failed = true;
            return [];
        }

        ReadOnlySpan<byte> span = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return span;
    }
}
