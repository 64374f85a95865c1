using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace HilRig.Learning.Snapshots;

/// <summary>
/// Collects state as {u16 name length, name, u32 byte length, bytes} one after the other,
/// little-endian.
/// </summary>
internal sealed class StateWriter : IStateVisitor
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly HashSet<string> _names = [];

    /// <summary>What was collected.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    /// <inheritdoc/>
    public void Visit(string name, Span<byte> bytes)
    {
        if (!_names.Add(name))
        {
            throw new InvalidOperationException($"HilRig bug: two states are called {name}");
        }

        Span<byte> head = stackalloc byte[4];
        byte[] text = Encoding.UTF8.GetBytes(name);
        BinaryPrimitives.WriteUInt16LittleEndian(head, (ushort)text.Length);
        _bytes.Write(head[..2]);
        _bytes.Write(text);
        BinaryPrimitives.WriteUInt32LittleEndian(head, (uint)bytes.Length);
        _bytes.Write(head);
        _bytes.Write(bytes);
    }
}
