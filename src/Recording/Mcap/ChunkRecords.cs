using HilRig.Recording.Mcap.Encoding;

namespace HilRig.Recording.Mcap;

/// <summary>Walks the records of a decompressed chunk.</summary>
internal struct ChunkRecords
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private int _next;

    public ChunkRecords(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    public McapOpcode Opcode { get; private set; }

    /// <summary>Offset of the record within the chunk.</summary>
    public int Offset { get; private set; }

    public ReadOnlyMemory<byte> Content { get; private set; }

    /// <summary>Whether the walk ended before the end of the bytes.</summary>
    public bool Damaged { get; private set; }

    public bool MoveNext()
    {
        int remaining = _bytes.Length - _next;
        if (remaining == 0)
        {
            return false;
        }

        var cursor = new RecordCursor(_bytes.Span[_next..]);
        var opcode = (McapOpcode)cursor.ReadByte();
        ulong length = cursor.ReadUInt64();
        if (cursor.Failed || length > (ulong)cursor.Remaining || opcode == 0)
        {
            Damaged = true;
            return false;
        }

        Opcode = opcode;
        Offset = _next;
        Content = _bytes.Slice(_next + McapLayout.PrefixBytes, (int)length);
        _next += McapLayout.PrefixBytes + (int)length;
        return true;
    }
}
