using System.Buffers.Binary;
using System.Numerics;

namespace HilRig.Bridge.Isaac.Wire;

/// <summary>
/// Writes the fields of one protobuf message into bytes that are large enough; allocates nothing.
/// </summary>
/// <param name="bytes">Where to write.</param>
internal ref struct ProtoBuffer(Span<byte> bytes)
{
    private readonly Span<byte> _bytes = bytes;

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes that a number takes as a varint.</summary>
    /// <param name="value">The number.</param>
    public static int SizeOfVarint(ulong value) =>
        ((63 - BitOperations.LeadingZeroCount(value | 1)) / 7) + 1;

    /// <summary>Bytes that a delimited field takes, tag and length included.</summary>
    /// <param name="field">Its number.</param>
    /// <param name="content">Bytes of its content.</param>
    public static int SizeOfDelimited(int field, int content) =>
        SizeOfVarint((ulong)field << 3) + SizeOfVarint((ulong)content) + content;

    /// <summary>Writes a double.</summary>
    /// <param name="field">Number of the field.</param>
    /// <param name="value">The value; 0 is written as well, since a reader may ask for it.</param>
    public void Double(int field, double value)
    {
        Tag(field, ProtoCursor.Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes[Length..], value);
        Length += sizeof(double);
    }

    /// <summary>Writes an unsigned integer.</summary>
    /// <param name="field">Number of the field.</param>
    /// <param name="value">The value.</param>
    public void Unsigned(int field, ulong value)
    {
        Tag(field, ProtoCursor.Varint);
        Varint(value);
    }

    /// <summary>Writes packed doubles; nothing when there are none.</summary>
    /// <param name="field">Number of the field.</param>
    /// <param name="values">The values.</param>
    public void Doubles(int field, ReadOnlySpan<double> values)
    {
        if (!values.IsEmpty)
        {
            Span<byte> content = Delimited(field, values.Length * sizeof(double));
            for (int i = 0; i < values.Length; i++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(content[(8 * i)..], values[i]);
            }
        }
    }

    /// <summary>Writes bytes, an encoded string or an encoded message.</summary>
    /// <param name="field">Number of the field.</param>
    /// <param name="content">The content.</param>
    public void Content(int field, ReadOnlySpan<byte> content) =>
        content.CopyTo(Delimited(field, content.Length));

    /// <summary>Begins a delimited field whose content the caller writes.</summary>
    /// <param name="field">Number of the field.</param>
    /// <param name="size">Bytes of the content.</param>
    /// <returns>Where the content goes.</returns>
    public Span<byte> Delimited(int field, int size)
    {
        Tag(field, ProtoCursor.Delimited);
        Varint((ulong)size);
        Span<byte> content = _bytes.Slice(Length, size);
        Length += size;
        return content;
    }

    private void Tag(int field, int wireType) => Varint(((ulong)field << 3) | (uint)wireType);

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[Length++] = (byte)value;
    }
}
