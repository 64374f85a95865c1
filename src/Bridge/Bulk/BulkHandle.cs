using System.Buffers.Binary;

namespace HilRig.Bridge.Bulk;

/// <summary>
/// The small message that says which frame of which ring is ready. Little endian: ring id,
/// sequence, captured, published, 8 bytes each.
/// </summary>
/// <param name="RingId">Which ring; a handle of a ring that was made anew opens nothing.</param>
/// <param name="Sequence">Which frame, from 1.</param>
/// <param name="CapturedNanoseconds">When it was taken, CLOCK_MONOTONIC ns.</param>
/// <param name="PublishedNanoseconds">When it was whole, CLOCK_MONOTONIC ns.</param>
public readonly record struct BulkHandle(
    long RingId, long Sequence, long CapturedNanoseconds, long PublishedNanoseconds)
{
    /// <summary>Length of the message, bytes.</summary>
    public const int EncodedBytes = 32;

    /// <summary>Writes the message.</summary>
    /// <param name="target">At least <see cref="EncodedBytes"/>.</param>
    public void Encode(Span<byte> target)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target, RingId);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], CapturedNanoseconds);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], PublishedNanoseconds);
    }

    /// <summary>Reads the message.</summary>
    /// <param name="bytes">What came.</param>
    /// <param name="handle">The handle.</param>
    /// <returns>False when it is no handle.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out BulkHandle handle)
    {
        handle = default;
        if (bytes.Length != EncodedBytes)
        {
            return false;
        }

        handle = new BulkHandle(
            BinaryPrimitives.ReadInt64LittleEndian(bytes),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]));
        return handle.Sequence > 0;
    }
}
