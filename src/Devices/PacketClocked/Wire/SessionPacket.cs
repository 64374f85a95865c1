using System.Buffers.Binary;

namespace HilRig.Devices.PacketClocked.Wire;

/// <summary>The packets without joint values: connect, connected, refused, stop, re-arm.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Detail">Refused: why. Else 0.</param>
/// <param name="DofCount">Number of joints.</param>
/// <param name="Session">Number the host has drawn for its session.</param>
/// <param name="Value">
/// Connect: the first eight bytes of the rig file's SHA-256. Connected: the period, ns. Else 0.
/// </param>
internal readonly record struct SessionPacket(
    PacketKind Kind, byte Detail, int DofCount, ulong Session, ulong Value)
{
    /// <summary>Length of the packet.</summary>
    public const int Bytes = PacketFrame.HeadBytes + sizeof(ulong) + PacketFrame.CrcBytes;

    /// <summary>Writes the packet.</summary>
    /// <param name="target">At least <see cref="Bytes"/> long.</param>
    public void Encode(Span<byte> target)
    {
        Span<byte> packet = target[..Bytes];
        PacketFrame.WriteHead(packet, Kind, Detail, DofCount, Session, 0);
        BinaryPrimitives.WriteUInt64LittleEndian(packet[PacketFrame.HeadBytes..], Value);
        PacketFrame.Seal(packet);
    }

    /// <summary>Reads a packet of any version; never throws.</summary>
    /// <param name="packet">What arrived.</param>
    /// <param name="read">The packet, when the result is true.</param>
    public static bool TryDecode(ReadOnlySpan<byte> packet, out SessionPacket read)
    {
        read = default;
        if (packet.Length != Bytes || !PacketFrame.IsWhole(packet))
        {
            return false;
        }

        read = new SessionPacket(
            PacketFrame.KindOf(packet),
            PacketFrame.DetailOf(packet),
            PacketFrame.DofOf(packet),
            PacketFrame.SessionOf(packet),
            BinaryPrimitives.ReadUInt64LittleEndian(packet[PacketFrame.HeadBytes..]));
        return read.Kind is PacketKind.Connect or PacketKind.Connected or PacketKind.Refused
            or PacketKind.Stop or PacketKind.Rearm;
    }
}
