using HilRig.Core.RealTime;
using HilRig.Core.Errors;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;

namespace HilRig.Devices.Buses.RealTime;

/// <summary>
/// The servos of one bus that a loop drives together: one sync write and one sync read a cycle,
/// into buffers made at construction. 0 bytes allocated a call. One thread, that of the bus.
/// </summary>
public sealed class ServoGroup
{
    private const int EverythingBytes = 15;
    private const int PositionAndVelocityBytes = 4;
    private const int GoalBytes = 2;
    private const int ProfiledGoalBytes = 6;

    private readonly FeetechBus _bus;
    private readonly byte[] _ids;
    private readonly byte[] _received;
    private readonly byte[] _sent;
    private readonly ServoReply[] _replies;
    private readonly int _blockBytes;

    /// <summary>Makes a group.</summary>
    /// <param name="bus">Their bus.</param>
    /// <param name="ids">
    /// Servos, each once, at most 64; their order is that of every buffer here.
    /// </param>
    /// <param name="block">What to read each cycle.</param>
    /// <exception cref="ArgumentException">
    /// No servo, too many, one twice, or an impossible id.
    /// </exception>
    public ServoGroup(
        FeetechBus bus, ReadOnlySpan<byte> ids, ReadBlock block = ReadBlock.Everything)
    {
        // A sync write with goal, time and velocity must fit into one packet.
        int countMax = (FeetechPacket.ParameterBytesMax - 2) / (ProfiledGoalBytes + 1);
        ArgumentOutOfRangeException.ThrowIfZero(ids.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Length, countMax);
        for (int index = 0; index < ids.Length; index++)
        {
            if (ids[index] > FeetechPacket.ServoIdMax || ids[..index].Contains(ids[index]))
            {
                throw new ArgumentException(
                    $"servo id {ids[index]} is impossible or listed twice", nameof(ids));
            }
        }

        _bus = bus;
        _ids = ids.ToArray();
        _blockBytes = block == ReadBlock.Everything ? EverythingBytes : PositionAndVelocityBytes;
        _received = new byte[ids.Length * _blockBytes];
        _sent = new byte[ids.Length * ProfiledGoalBytes];
        _replies = new ServoReply[ids.Length];
        Samples = new ServoSample[ids.Length];
    }

    /// <summary>Number of servos.</summary>
    public int Count => _ids.Length;

    /// <summary>Bus ids, in group order. Shape [servo].</summary>
    public ReadOnlySpan<byte> Ids => _ids;

    /// <summary>How each servo answered the last <see cref="ReadAll"/>. Shape [servo].</summary>
    public ReadOnlySpan<ServoReply> Replies => _replies;

    /// <summary>
    /// Last measured values; those of a servo that did not answer are old. Shape [servo].
    /// </summary>
    public ServoSample[] Samples { get; }

    /// <summary>When the last write of this group began, CLOCK_MONOTONIC ns.</summary>
    public long WriteStartNanoseconds { get; private set; }

    /// <summary>
    /// When the last write of this group had been handed to the bus, CLOCK_MONOTONIC ns.
    /// </summary>
    public long WriteEndNanoseconds { get; private set; }

    /// <summary>When the last <see cref="ReadAll"/> began to ask, CLOCK_MONOTONIC ns.</summary>
    public long ReadStartNanoseconds { get; private set; }

    /// <summary>
    /// When the last servo had answered the last <see cref="ReadAll"/>, CLOCK_MONOTONIC ns.
    /// </summary>
    public long ReplyNanoseconds { get; private set; }

    /// <summary>Sends goal positions.</summary>
    /// <param name="goalTicks">Goals, ticks. Shape [servo].</param>
    /// <returns>Refused when a goal does not fit its register.</returns>
    public BusStatus WriteGoals(ReadOnlySpan<int> goalTicks) =>
        WriteEach(Sts3215.GoalPosition, goalTicks);

    /// <summary>Sends goal positions, each with the largest velocity of its move.</summary>
    /// <param name="goalTicks">Goals, ticks. Shape [servo].</param>
    /// <param name="velocityTicksPerSecond">
    /// Largest velocities; 0 is the servo's own. Shape [servo].
    /// </param>
    /// <returns>Refused when a value does not fit its register.</returns>
    public BusStatus WriteGoals(
        ReadOnlySpan<int> goalTicks, ReadOnlySpan<int> velocityTicksPerSecond)
    {
        RequireShape(goalTicks.Length);
        RequireShape(velocityTicksPerSecond.Length);
        Span<byte> bytes = _sent.AsSpan(0, Count * ProfiledGoalBytes);
        bytes.Clear();
        int velocityOffset = Sts3215.GoalVelocity.Address - Sts3215.GoalPosition.Address;
        for (int index = 0; index < Count; index++)
        {
            Span<byte> one = bytes.Slice(index * ProfiledGoalBytes, ProfiledGoalBytes);
            if (!Sts3215.GoalPosition.TryEncode(goalTicks[index], one)
                || !Sts3215.GoalVelocity.TryEncode(
                    velocityTicksPerSecond[index], one[velocityOffset..]))
            {
                return BusStatus.Refused;
            }
        }

        return Send(Sts3215.GoalPosition.Address, bytes);
    }

    /// <summary>Switches torque.</summary>
    /// <param name="isEnabled">Whether each servo may apply torque. Shape [servo].</param>
    public BusStatus WriteTorque(ReadOnlySpan<bool> isEnabled)
    {
        RequireShape(isEnabled.Length);
        Span<byte> bytes = _sent.AsSpan(0, Count);
        for (int index = 0; index < Count; index++)
        {
            bytes[index] = isEnabled[index] ? (byte)1 : (byte)0;
        }

        return Send(Sts3215.TorqueEnable.Address, bytes);
    }

    /// <summary>Writes one register of every servo, each its own value.</summary>
    /// <param name="register">A register from address 40 on.</param>
    /// <param name="values">Values in counts. Shape [servo].</param>
    /// <returns>Refused when a value does not fit or the register may not be written.</returns>
    public BusStatus WriteEach(Register register, ReadOnlySpan<int> values)
    {
        RequireShape(values.Length);
        Span<byte> bytes = _sent.AsSpan(0, Count * register.Length);
        for (int index = 0; index < Count; index++)
        {
            if (register.Access != RegisterAccess.ReadWrite
                || !register.TryEncode(values[index], bytes[(index * register.Length)..]))
            {
                return BusStatus.Refused;
            }
        }

        return Send(register.Address, bytes);
    }

    /// <summary>Writes one register of every servo to the same value.</summary>
    /// <inheritdoc cref="WriteEach"/>
    /// <param name="register"/>
    /// <param name="value">Value in counts.</param>
    public BusStatus WriteAll(Register register, int value)
    {
        Span<int> values = stackalloc int[Count];
        values.Fill(value);
        return WriteEach(register, values);
    }

    /// <summary>Reads every servo into <see cref="Samples"/> and <see cref="Replies"/>.</summary>
    /// <param name="budgetEndNanoseconds">
    /// No retry that could end after this, CLOCK_MONOTONIC ns.
    /// </param>
    /// <returns>The worst of the servos' statuses.</returns>
    public BusStatus ReadAll(long budgetEndNanoseconds = long.MaxValue)
    {
        ReadStartNanoseconds = MonotonicClock.NowNanoseconds;
        BusStatus status = _bus.SyncRead(
            Sts3215.PresentPosition.Address, _ids, _received, _replies, budgetEndNanoseconds);
        ReplyNanoseconds = 0;
        for (int index = 0; index < Count; index++)
        {
            if (_replies[index].HasValues)
            {
                ReadOnlySpan<byte> bytes = _received.AsSpan(index * _blockBytes, _blockBytes);
                Samples[index] = _blockBytes == EverythingBytes
                    ? ServoSample.DecodeEverything(bytes)
                    : ServoSample.DecodePositionAndVelocity(bytes);
                ReplyNanoseconds = Math.Max(ReplyNanoseconds, _replies[index].ReplyNanoseconds);
            }
        }

        return status;
    }

    /// <summary>
    /// Reads one register of every servo, one after the other: for read-back, not for a loop.
    /// </summary>
    /// <param name="register">Register.</param>
    /// <param name="values">
    /// Receives the values in counts; old where a servo did not answer. Shape [servo].
    /// </param>
    /// <returns>The worst of the servos' statuses.</returns>
    public BusStatus ReadEach(Register register, Span<int> values)
    {
        RequireShape(values.Length);
        BusStatus worst = BusStatus.Ok;
        for (int index = 0; index < Count; index++)
        {
            BusStatus status = _bus.Read(_ids[index], register, out int value);
            if (status is BusStatus.Ok or BusStatus.DeviceError)
            {
                values[index] = value;
            }

            worst = status > worst ? status : worst;
        }

        return worst;
    }

    private BusStatus Send(byte address, ReadOnlySpan<byte> bytes)
    {
        BusStatus status = _bus.SyncWrite(address, _ids, bytes);
        WriteStartNanoseconds = _bus.WriteStartNanoseconds;
        WriteEndNanoseconds = _bus.WriteEndNanoseconds;
        return status;
    }

    private void RequireShape(int length) =>
        Invariant.Require(
            length == Count, "a buffer of a servo group has one value for each servo");
}
