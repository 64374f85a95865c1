using System.Buffers.Binary;
using System.Numerics;

namespace HilRig.Devices.PacketClocked.Wire;

/// <summary>
/// What all packets share: a head of 24 bytes and a CRC at the end. docs/packet-clocked.md draws
/// them.
/// </summary>
internal static class PacketFrame
{
    /// <summary>Version of the wire.</summary>
    public const byte Version = 1;

    /// <summary>Length of the head.</summary>
    public const int HeadBytes = 24;

    /// <summary>Length of the CRC.</summary>
    public const int CrcBytes = sizeof(uint);

    /// <summary>Most joints of an arm.</summary>
    public const int DofMax = 32;

    /// <summary>Longest packet: a state of <see cref="DofMax"/> joints.</summary>
    public const int BytesMax = StatePacket.FixedBytes + (DofMax * 3 * sizeof(double)) + CrcBytes;

    private const uint Magic = 0x4350_5248;

    /// <summary>Writes the head.</summary>
    public static void WriteHead(
        Span<byte> packet, PacketKind kind, byte detail, int dofCount, ulong session, long counter)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(packet, Magic);
        packet[4] = Version;
        packet[5] = (byte)kind;
        packet[6] = (byte)dofCount;
        packet[7] = detail;
        BinaryPrimitives.WriteUInt64LittleEndian(packet[8..], session);
        BinaryPrimitives.WriteInt64LittleEndian(packet[16..], counter);
    }

    /// <summary>Writes the CRC over everything before it.</summary>
    /// <param name="packet">The packet, CRC included.</param>
    public static void Seal(Span<byte> packet) => BinaryPrimitives.WriteUInt32LittleEndian(
        packet[^CrcBytes..], Crc(packet[..^CrcBytes]));

    /// <summary>Whether these bytes are a whole packet of any version, unharmed.</summary>
    /// <param name="packet">What arrived.</param>
    public static bool IsWhole(ReadOnlySpan<byte> packet) =>
        packet.Length >= HeadBytes + CrcBytes
        && BinaryPrimitives.ReadUInt32LittleEndian(packet) == Magic
        && BinaryPrimitives.ReadUInt32LittleEndian(packet[^CrcBytes..])
            == Crc(packet[..^CrcBytes]);

    /// <summary>Version of a whole packet.</summary>
    public static byte VersionOf(ReadOnlySpan<byte> packet) => packet[4];

    /// <summary>Kind of a whole packet.</summary>
    public static PacketKind KindOf(ReadOnlySpan<byte> packet) => (PacketKind)packet[5];

    /// <summary>Joints of a whole packet.</summary>
    public static int DofOf(ReadOnlySpan<byte> packet) => packet[6];

    /// <summary>Flags or reason of a whole packet.</summary>
    public static byte DetailOf(ReadOnlySpan<byte> packet) => packet[7];

    /// <summary>Session of a whole packet.</summary>
    public static ulong SessionOf(ReadOnlySpan<byte> packet) =>
        BinaryPrimitives.ReadUInt64LittleEndian(packet[8..]);

    /// <summary>Cycle of a whole packet.</summary>
    public static long CounterOf(ReadOnlySpan<byte> packet) =>
        BinaryPrimitives.ReadInt64LittleEndian(packet[16..]);

    /// <summary>Writes joint values.</summary>
    public static int WriteValues(Span<byte> packet, int offset, ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(packet[offset..], value);
            offset += sizeof(double);
        }

        return offset;
    }

    /// <summary>Reads joint values.</summary>
    public static int ReadValues(ReadOnlySpan<byte> packet, int offset, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(packet[offset..]);
            offset += sizeof(double);
        }

        return offset;
    }

    // CRC-32C (Castagnoli), reflected, initial value and final inversion all ones (RFC 3720).
    internal static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
