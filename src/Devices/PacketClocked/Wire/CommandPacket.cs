using System.Buffers.Binary;

namespace HilRig.Devices.PacketClocked.Wire;

/// <summary>The goals that answer one state. Preallocated and reused.</summary>
/// <param name="dofCount">Number of joints.</param>
internal sealed class CommandPacket(int dofCount)
{
    private const int FixedBytes = 32;

    /// <summary>Length of the packet.</summary>
    public int Bytes { get; } = FixedBytes + (dofCount * sizeof(double)) + PacketFrame.CrcBytes;

    /// <summary>Session it belongs to.</summary>
    public ulong Session { get; set; }

    /// <summary>Cycle of the state it answers.</summary>
    public long Counter { get; set; }

    /// <summary>Number of the command, for the host's own use.</summary>
    public long Sequence { get; set; }

    /// <summary>Goal position, rad or m. Shape [dof].</summary>
    public double[] Goal { get; } = new double[dofCount];

    /// <summary>Writes the packet.</summary>
    /// <param name="target">At least <see cref="Bytes"/> long.</param>
    public void Encode(Span<byte> target)
    {
        Span<byte> packet = target[..Bytes];
        PacketFrame.WriteHead(packet, PacketKind.Command, 0, dofCount, Session, Counter);
        BinaryPrimitives.WriteInt64LittleEndian(packet[24..], Sequence);
        PacketFrame.WriteValues(packet, FixedBytes, Goal);
        PacketFrame.Seal(packet);
    }

    /// <summary>Reads a packet; never throws.</summary>
    /// <param name="packet">What arrived.</param>
    /// <returns>
    /// False when it is no unharmed command of this version and number of joints.
    /// </returns>
    public bool TryDecode(ReadOnlySpan<byte> packet)
    {
        if (packet.Length != Bytes
            || !PacketFrame.IsWhole(packet)
            || PacketFrame.VersionOf(packet) != PacketFrame.Version
            || PacketFrame.KindOf(packet) != PacketKind.Command
            || PacketFrame.DofOf(packet) != Goal.Length)
        {
            return false;
        }

        Session = PacketFrame.SessionOf(packet);
        Counter = PacketFrame.CounterOf(packet);
        Sequence = BinaryPrimitives.ReadInt64LittleEndian(packet[24..]);
        PacketFrame.ReadValues(packet, FixedBytes, Goal);
        return true;
    }
}
