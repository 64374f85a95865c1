using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;

namespace HilRig.Recording.Mcap.Encoding;

/// <summary>A growing byte buffer that MCAP fields are appended to; reused, never shrunk.</summary>
internal sealed class RecordBuffer : IBufferWriter<byte>
{
    private byte[] _bytes;

    public RecordBuffer(int capacityBytes) => _bytes = new byte[capacityBytes];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Takes back everything after <paramref name="length"/>.</summary>
    public void TruncateTo(int length) => Length = length;

    /// <summary>
    /// Appends <paramref name="count"/> bytes and returns them for the caller to fill.
    /// </summary>
    public Span<byte> Append(int count)
    {
        Reserve(count);
        Span<byte> span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }

    public void AppendByte(byte value) => Append(1)[0] = value;

    public void AppendUInt16(ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(Append(2), value);

    public void AppendUInt32(uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(Append(4), value);

    public void AppendUInt64(ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(Append(8), value);

    public void AppendBytes(ReadOnlySpan<byte> value) => value.CopyTo(Append(value.Length));

    public void AppendString(string value)
    {
        int bytes = System.Text.Encoding.UTF8.GetByteCount(value);
        AppendUInt32((uint)bytes);
        System.Text.Encoding.UTF8.GetBytes(value, Append(bytes));
    }

    public void AppendMap(IReadOnlyDictionary<string, string> map)
    {
        int start = BeginBlock();
        foreach ((string key, string value) in map)
        {
            AppendString(key);
            AppendString(value);
        }

        EndBlock(start);
    }

    public void AppendMap(IReadOnlyDictionary<ushort, ulong> map)
    {
        AppendUInt32((uint)(map.Count * 10));
        foreach ((ushort key, ulong value) in map)
        {
            AppendUInt16(key);
            AppendUInt64(value);
        }
    }

    /// <summary>Overwrites eight bytes appended earlier.</summary>
    public void PatchUInt64(int position, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(position), value);

    /// <summary>
    /// Begins a record; <see cref="EndRecord"/> with the result fills in its length.
    /// </summary>
    public int BeginRecord(McapOpcode opcode)
    {
        int start = Length;
        AppendByte((byte)opcode);
        AppendUInt64(0);
        return start;
    }

    public void EndRecord(int start) =>
        PatchUInt64(start + 1, (ulong)(Length - start - McapLayout.PrefixBytes));

    /// <summary>
    /// Begins a part with a u32 byte length before it; <see cref="EndBlock"/> ends it.
    /// </summary>
    public int BeginBlock()
    {
        AppendUInt32(0);
        return Length;
    }

    public void EndBlock(int start) => BinaryPrimitives.WriteUInt32LittleEndian(
        _bytes.AsSpan(start - 4), (uint)(Length - start));

    /// <summary>CRC-32 of everything from <paramref name="start"/> on.</summary>
    public uint ChecksumFrom(int start) => Crc32.HashToUInt32(_bytes.AsSpan(start, Length - start));

    void IBufferWriter<byte>.Advance(int count) => Length += count;

    Memory<byte> IBufferWriter<byte>.GetMemory(int sizeHint)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    Span<byte> IBufferWriter<byte>.GetSpan(int sizeHint)
    {
        Reserve(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(Length);
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }
    }
}
