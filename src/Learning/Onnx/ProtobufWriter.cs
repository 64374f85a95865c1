using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace HilRig.Learning.Onnx;

/// <summary>
/// Writes the part of protobuf's wire format that an ONNX file needs: numbers as varints, and
/// length-delimited fields. (The format's definition, protobuf.dev/programming-guides/encoding.)
/// </summary>
internal sealed class ProtobufWriter
{
    private const int VarintType = 0;
    private const int FixedType = 5;
    private const int DelimitedType = 2;
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    /// <summary>A whole number.</summary>
    /// <param name="field">Number of the field.</param>
    /// <param name="value">Its value.</param>
    public void Number(int field, long value)
    {
        Tag(field, VarintType);
        Varint((ulong)value);
    }

    /// <summary>A float.</summary>
    /// <param name="field">Number of the field.</param>
    /// <param name="value">Its value.</param>
    public void Real(int field, float value)
    {
        Tag(field, FixedType);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
    }

    /// <summary>A text.</summary>
    /// <param name="field">Number of the field.</param>
    /// <param name="value">Its value.</param>
    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A message or raw bytes.</summary>
    /// <param name="field">Number of the field.</param>
    /// <param name="value">Its value.</param>
    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, DelimitedType);
        Varint((ulong)value.Length);
        _bytes.Write(value);
    }

    /// <summary>A message that another writer writes.</summary>
    /// <param name="field">Number of the field.</param>
    /// <param name="write">Writes it.</param>
    public void Message(int field, Action<ProtobufWriter> write)
    {
        var inner = new ProtobufWriter();
        write(inner);
        Bytes(field, inner.Written);
    }

    /// <summary>Numbers as raw bytes, little-endian as ONNX wants them.</summary>
    /// <param name="field">Number of the field.</param>
    /// <param name="values">The numbers.</param>
    public void Raw<T>(int field, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("ONNX files are written little-endian.");
        }

        Bytes(field, MemoryMarshal.AsBytes(values));
    }

    private void Tag(int field, int type) => Varint(((ulong)field << 3) | (uint)type);

    private void Varint(ulong value)
    {
        Span<byte> target = _bytes.GetSpan(10);
        int count = 0;
        while (value >= 0x80)
        {
            target[count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[count++] = (byte)value;
        _bytes.Advance(count);
    }
}
