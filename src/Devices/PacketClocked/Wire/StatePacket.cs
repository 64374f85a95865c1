using System.Buffers.Binary;

namespace HilRig.Devices.PacketClocked.Wire;

/// <summary>One cycle's state of a controller. Preallocated and reused.</summary>
/// <param name="dofCount">Number of joints.</param>
internal sealed class StatePacket(int dofCount)
{
    /// <summary>Bytes before the joint values.</summary>
    public const int FixedBytes = 64;

    /// <summary>Length of the packet.</summary>
    public int Bytes { get; } =
        FixedBytes + (dofCount * 3 * sizeof(double)) + PacketFrame.CrcBytes;

    /// <summary>Session it belongs to; 0 for nobody's.</summary>
    public ulong Session { get; set; }

    /// <summary>Number of the cycle.</summary>
    public long Counter { get; set; }

    /// <summary>Controller's clock when the cycle began, ns.</summary>
    public long DeviceNanoseconds { get; set; }

    /// <summary>Sequence of the newest command that was followed; 0 for none.</summary>
    public long AnsweredSequence { get; set; }

    /// <summary>States of this motion that were not answered in time.</summary>
    public uint LostCount { get; set; }

    /// <summary>
    /// How long the last answer took, from state sent to command arrived, ns; 0 for none.
    /// </summary>
    public uint AnswerNanoseconds { get; set; }

    /// <summary>Unanswered states in a row up to now.</summary>
    public ushort LostInRow { get; set; }

    /// <summary>Most unanswered states in a row in this motion.</summary>
    public ushort LongestLostInRow { get; set; }

    /// <summary>
    /// control_command_success_rate: share of the last 100 states that were answered in time, 0 to
    /// 1; those before the motion count as answered.
    /// </summary>
    public float SuccessRate { get; set; } = 1;

    /// <summary>What the controller does with commands.</summary>
    public ControllerMode Mode { get; set; }

    /// <summary>Why it stopped.</summary>
    public ControllerStopCause Cause { get; set; }

    /// <summary>Whether no joint moves.</summary>
    public bool IsAtRest { get; set; }

    /// <summary>Cycles the controller itself was too late for.</summary>
    public uint OverrunCount { get; set; }

    /// <summary>Position, rad or m. Shape [dof].</summary>
    public double[] Position { get; } = new double[dofCount];

    /// <summary>Velocity, rad/s or m/s. Shape [dof].</summary>
    public double[] Velocity { get; } = new double[dofCount];

    /// <summary>Effort, N·m or N. Shape [dof].</summary>
    public double[] Effort { get; } = new double[dofCount];

    /// <summary>Writes the packet.</summary>
    /// <param name="target">At least <see cref="Bytes"/> long.</param>
    public void Encode(Span<byte> target)
    {
        Span<byte> packet = target[..Bytes];
        PacketFrame.WriteHead(packet, PacketKind.State, 0, dofCount, Session, Counter);
        BinaryPrimitives.WriteInt64LittleEndian(packet[24..], DeviceNanoseconds);
        BinaryPrimitives.WriteInt64LittleEndian(packet[32..], AnsweredSequence);
        BinaryPrimitives.WriteUInt32LittleEndian(packet[40..], LostCount);
        BinaryPrimitives.WriteUInt32LittleEndian(packet[44..], AnswerNanoseconds);
        BinaryPrimitives.WriteUInt16LittleEndian(packet[48..], LostInRow);
        BinaryPrimitives.WriteUInt16LittleEndian(packet[50..], LongestLostInRow);
        BinaryPrimitives.WriteSingleLittleEndian(packet[52..], SuccessRate);
        packet[56] = (byte)Mode;
        packet[57] = (byte)Cause;
        packet[58] = IsAtRest ? (byte)1 : (byte)0;
        packet[59] = 0;
        BinaryPrimitives.WriteUInt32LittleEndian(packet[60..], OverrunCount);
        int offset = PacketFrame.WriteValues(packet, FixedBytes, Position);
        offset = PacketFrame.WriteValues(packet, offset, Velocity);
        PacketFrame.WriteValues(packet, offset, Effort);
        PacketFrame.Seal(packet);
    }

    /// <summary>Reads a packet; never throws.</summary>
    /// <param name="packet">What arrived.</param>
    /// <returns>False when it is no unharmed state of this version and number of joints.</returns>
    public bool TryDecode(ReadOnlySpan<byte> packet)
    {
        if (packet.Length != Bytes
            || !PacketFrame.IsWhole(packet)
            || PacketFrame.VersionOf(packet) != PacketFrame.Version
            || PacketFrame.KindOf(packet) != PacketKind.State
            || PacketFrame.DofOf(packet) != Position.Length
            || packet[56] > (byte)ControllerMode.Stopped
            || packet[57] > (byte)ControllerStopCause.ArmFailed)
        {
            return false;
        }

        Session = PacketFrame.SessionOf(packet);
        Counter = PacketFrame.CounterOf(packet);
        DeviceNanoseconds = BinaryPrimitives.ReadInt64LittleEndian(packet[24..]);
        AnsweredSequence = BinaryPrimitives.ReadInt64LittleEndian(packet[32..]);
        LostCount = BinaryPrimitives.ReadUInt32LittleEndian(packet[40..]);
        AnswerNanoseconds = BinaryPrimitives.ReadUInt32LittleEndian(packet[44..]);
        LostInRow = BinaryPrimitives.ReadUInt16LittleEndian(packet[48..]);
        LongestLostInRow = BinaryPrimitives.ReadUInt16LittleEndian(packet[50..]);
        SuccessRate = BinaryPrimitives.ReadSingleLittleEndian(packet[52..]);
        Mode = (ControllerMode)packet[56];
        Cause = (ControllerStopCause)packet[57];
        IsAtRest = packet[58] == 1;
        OverrunCount = BinaryPrimitives.ReadUInt32LittleEndian(packet[60..]);
        int offset = PacketFrame.ReadValues(packet, FixedBytes, Position);
        offset = PacketFrame.ReadValues(packet, offset, Velocity);
        PacketFrame.ReadValues(packet, offset, Effort);
        return true;
    }
}
