using HilRig.Core.RealTime;
using HilRig.Core.Errors;
using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;

namespace HilRig.Devices.Agent.RealTime;

/// <summary>
/// The servos of a rig as one row, whichever bus each hangs on: index a is actuator a of
/// <see cref="JointActuatorMap"/>. Buffers are made once; nothing is allocated a call. One thread.
/// </summary>
public sealed class RigActuators
{
    private readonly FeetechBus[] _buses;
    private readonly ServoGroup?[] _groups;
    private readonly int[] _scratch;
    private readonly bool[] _flags;
    private readonly byte[] _ids;
    private readonly byte[] _bytes;
    private readonly ServoReply[] _replies;
    private readonly int[] _torqueLimits;
    private long _pastErrorCount;
    private long _pastRecoveredCount;

    /// <summary>Makes the row.</summary>
    /// <param name="map">The rig's joints and actuators.</param>
    /// <param name="buses">The rig's open buses, in the order of the rig file.</param>
    public RigActuators(JointActuatorMap map, IReadOnlyList<FeetechBus> buses)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(buses);
        Map = map;
        _buses = new FeetechBus[buses.Count];
        _groups = new ServoGroup?[buses.Count];
        int count = map.ActuatorCount;
        _ids = new byte[count];
        Use(buses);
        _scratch = new int[count];
        _flags = new bool[count];
        _bytes = new byte[count * ActuatorReadBack.BlockBytes];
        _replies = new ServoReply[count];
        _torqueLimits = new int[count];
        Array.Fill(_torqueLimits, TorqueLimitOf(1));
        Answered = new bool[count];
        Ticks = new int[count];
        VelocityRadiansPerSecond = new double[count];
        SupplyVolts = new double[count];
        TemperatureCelsius = new double[count];
        Errors = new ServoErrors[count];
        LastReadBack = new ActuatorReadBack(count);
    }

    /// <summary>The rig's joints and actuators.</summary>
    public JointActuatorMap Map { get; }

    /// <summary>Whether a bus is gone.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Whether the servo answered the last read. Shape [actuator], as all below.</summary>
    public bool[] Answered { get; }

    /// <summary>Measured position, ticks; old where the servo did not answer.</summary>
    public int[] Ticks { get; }

    /// <summary>Measured velocity of the shaft, rad/s.</summary>
    public double[] VelocityRadiansPerSecond { get; }

    /// <summary>Supply, V.</summary>
    public double[] SupplyVolts { get; }

    /// <summary>Temperature, °C.</summary>
    public double[] TemperatureCelsius { get; }

    /// <summary>Error bits.</summary>
    public ServoErrors[] Errors { get; }

    /// <summary>What the last <see cref="ReadBack"/> found.</summary>
    public ActuatorReadBack LastReadBack { get; }

    /// <summary>When the first bus began to be written, CLOCK_MONOTONIC ns.</summary>
    public long WriteStartNanoseconds { get; private set; }

    /// <summary>When the last bus had been written, CLOCK_MONOTONIC ns.</summary>
    public long WriteEndNanoseconds { get; private set; }

    /// <summary>When the last read began, CLOCK_MONOTONIC ns.</summary>
    public long ReadStartNanoseconds { get; private set; }

    /// <summary>When the last servo had answered it, CLOCK_MONOTONIC ns; 0 when none did.</summary>
    public long ReplyNanoseconds { get; private set; }

    /// <summary>
    /// Longest time that retries of one read may take, ns; none are made while a servo is silent
    /// for longer than one read. Default 8 ms.
    /// </summary>
    public long ReadBudgetNanoseconds { get; init; } = 8_000_000;

    /// <summary>
    /// The torque limit of normal use, 0.1 %; see <see cref="LearnTorqueLimits"/>.
    /// </summary>
    public ReadOnlySpan<int> NormalTorqueLimit => _torqueLimits;

    /// <summary>Whether every servo answered the last read.</summary>
    public bool HaveAllAnswered => Array.IndexOf(Answered, false) < 0;

    /// <summary>Transactions that timed out or came back damaged, all buses.</summary>
    public long ErrorCount
    {
        get
        {
            long count = _pastErrorCount;
            foreach (FeetechBus bus in _buses)
            {
                count += bus.Counters.ErrorCount;
            }

            return count;
        }
    }

    /// <summary>Reads that succeeded only when sent again, all buses.</summary>
    public long RecoveredCount
    {
        get
        {
            long count = _pastRecoveredCount;
            foreach (FeetechBus bus in _buses)
            {
                count += bus.Counters.RecoveredCount;
            }

            return count;
        }
    }

    /// <summary>Torque limit register of a fraction of the largest torque.</summary>
    /// <param name="fraction">0 to 1.</param>
    public static int TorqueLimitOf(double fraction) =>
        FeetechUnits.FractionToTenthPercent(fraction);

    /// <summary>
    /// Set-up: finds out which torque limit each servo has in normal use, from the rig file or else
    /// from the limit it loads at power-on. A stop lowers it, arming brings it back.
    /// </summary>
    /// <param name="time">Waits for servos that are slow to answer; the system's when null.</param>
    /// <exception cref="DeviceException">A servo does not say.</exception>
    public void LearnTorqueLimits(TimeProvider? time = null)
    {
        for (int b = 0; b < _buses.Length; b++)
        {
            foreach (int a in Map.OnBus(b))
            {
                _torqueLimits[a] = TorqueLimitSurvey.Find(
                    _buses[b], Map.Actuator(a), time ?? TimeProvider.System);
            }
        }
    }

    /// <summary>
    /// Goes on with other buses, in the same order: some were lost and are connected again. Set-up:
    /// allocates. Counters go on from where they were.
    /// </summary>
    /// <param name="buses">Every bus of the rig.</param>
    public void Replace(IReadOnlyList<FeetechBus> buses)
    {
        ArgumentNullException.ThrowIfNull(buses);
        ArgumentOutOfRangeException.ThrowIfNotEqual(buses.Count, _buses.Length);
        for (int b = 0; b < _buses.Length; b++)
        {
            if (buses[b] != _buses[b])
            {
                _pastErrorCount += _buses[b].Counters.ErrorCount;
                _pastRecoveredCount += _buses[b].Counters.RecoveredCount;
            }
        }

        Use(buses);
        IsLost = false;
    }

    /// <summary>Reads every servo.</summary>
    /// <param name="isPatient">
    /// Whether silent servos are asked again within the budget even if they were silent before.
    /// </param>
    /// <returns>False when a bus is gone.</returns>
    public bool ReadAll(bool isPatient = false)
    {
        ReadStartNanoseconds = MonotonicClock.NowNanoseconds;
        ReplyNanoseconds = 0;

        // A servo that was silent the last time too is not worth making the others wait again.
        long budget = isPatient || HaveAllAnswered ? ReadBudgetNanoseconds : 0;
        for (int b = 0; b < _groups.Length; b++)
        {
            if (_groups[b] is ServoGroup group)
            {
                BusStatus status = group.ReadAll(MonotonicClock.NowNanoseconds + budget);
                IsLost |= status == BusStatus.Lost;
                ReplyNanoseconds = Math.Max(ReplyNanoseconds, group.ReplyNanoseconds);
                TakeSamples(group, Map.OnBus(b));
            }
        }

        return !IsLost;
    }

    /// <summary>Writes a goal to every servo.</summary>
    /// <param name="ticks">Goals. Shape [actuator].</param>
    /// <returns>False when a bus is gone or did not take the packet.</returns>
    public bool WriteGoals(ReadOnlySpan<int> ticks) => WriteEach(Sts3215.GoalPosition, ticks);

    /// <summary>Gives every servo the torque limit of normal use.</summary>
    /// <returns>False when a bus is gone or did not take the packet.</returns>
    public bool RestoreTorqueLimits() => WriteEach(Sts3215.TorqueLimit, _torqueLimits);

    /// <summary>Switches torque.</summary>
    /// <param name="isEnabled">Whether each servo may apply torque. Shape [actuator].</param>
    /// <returns>False when a bus is gone or did not take the packet.</returns>
    public bool WriteTorque(ReadOnlySpan<bool> isEnabled)
    {
        bool isOk = true;
        BeginWrite();
        for (int b = 0; b < _groups.Length; b++)
        {
            if (_groups[b] is ServoGroup group)
            {
                ReadOnlySpan<int> onBus = Map.OnBus(b);
                for (int i = 0; i < onBus.Length; i++)
                {
                    _flags[i] = isEnabled[onBus[i]];
                }

                isOk &= EndWrite(group.WriteTorque(_flags.AsSpan(0, onBus.Length)));
            }
        }

        return isOk;
    }

    /// <summary>
    /// Gives some servos a goal to hold and a torque limit to hold it with, goal first.
    /// </summary>
    /// <param name="ticks">Goals. Shape [actuator].</param>
    /// <param name="torqueLimits">Limits, 0.1 %. Shape [actuator].</param>
    /// <param name="isMeant">Which servos. Shape [actuator].</param>
    public void WriteHold(
        ReadOnlySpan<int> ticks, ReadOnlySpan<int> torqueLimits, ReadOnlySpan<bool> isMeant)
    {
        BeginWrite();
        WriteSome(Sts3215.GoalPosition, ticks, isMeant);
        WriteSome(Sts3215.TorqueLimit, torqueLimits, isMeant);
    }

    /// <summary>Asks every servo for its torque switch, goal and torque limit.</summary>
    public void ReadBack()
    {
        for (int b = 0; b < _buses.Length; b++)
        {
            ReadOnlySpan<int> onBus = Map.OnBus(b);
            if (onBus.Length == 0)
            {
                continue;
            }

            Span<ServoReply> replies = _replies.AsSpan(0, onBus.Length);
            BusStatus status = _buses[b].SyncRead(
                ActuatorReadBack.FirstAddress,
                _groups[b]!.Ids,
                _bytes.AsSpan(0, onBus.Length * ActuatorReadBack.BlockBytes),
                replies,
                MonotonicClock.NowNanoseconds + ReadBudgetNanoseconds);
            IsLost |= status == BusStatus.Lost;
            for (int i = 0; i < onBus.Length; i++)
            {
                int a = onBus[i];
                LastReadBack.HasAnswered[a] = replies[i].HasValues;
                if (replies[i].HasValues)
                {
                    LastReadBack.Take(
                        a,
                        _bytes.AsSpan(
                            i * ActuatorReadBack.BlockBytes, ActuatorReadBack.BlockBytes));
                }
            }
        }
    }

    private void Use(IReadOnlyList<FeetechBus> buses)
    {
        for (int b = 0; b < _buses.Length; b++)
        {
            _buses[b] = buses[b];
            ReadOnlySpan<int> onBus = Map.OnBus(b);
            for (int i = 0; i < onBus.Length; i++)
            {
                _ids[i] = Map.Actuator(onBus[i]).Id;
            }

            _groups[b] = onBus.Length == 0
                ? null
                : new ServoGroup(_buses[b], _ids.AsSpan(0, onBus.Length));
        }
    }

    private void TakeSamples(ServoGroup group, ReadOnlySpan<int> onBus)
    {
        for (int i = 0; i < onBus.Length; i++)
        {
            int a = onBus[i];
            ServoReply reply = group.Replies[i];
            Answered[a] = reply.HasValues;
            if (reply.HasValues)
            {
                ServoSample sample = group.Samples[i];
                Ticks[a] = sample.PositionTicks;
                VelocityRadiansPerSecond[a] =
                    FeetechUnits.VelocityToRadiansPerSecond(sample.VelocityTicksPerSecond);
                SupplyVolts[a] = FeetechUnits.CountToVolts(sample.RawVoltage);
                TemperatureCelsius[a] = sample.TemperatureCelsius;
                Errors[a] = sample.Errors | reply.Errors;
            }
        }
    }

    private bool WriteEach(Register register, ReadOnlySpan<int> values)
    {
        bool isOk = true;
        BeginWrite();
        for (int b = 0; b < _groups.Length; b++)
        {
            if (_groups[b] is ServoGroup group)
            {
                ReadOnlySpan<int> onBus = Map.OnBus(b);
                for (int i = 0; i < onBus.Length; i++)
                {
                    _scratch[i] = values[onBus[i]];
                }

                isOk &= EndWrite(group.WriteEach(register, _scratch.AsSpan(0, onBus.Length)));
            }
        }

        return isOk;
    }

    private void WriteSome(Register register, ReadOnlySpan<int> values, ReadOnlySpan<bool> isMeant)
    {
        for (int b = 0; b < _buses.Length; b++)
        {
            int count = 0;
            foreach (int a in Map.OnBus(b))
            {
                if (isMeant[a]
                    && register.TryEncode(values[a], _bytes.AsSpan(count * register.Length)))
                {
                    _ids[count] = Map.Actuator(a).Id;
                    count++;
                }
            }

            if (count > 0)
            {
                Span<byte> bytes = _bytes.AsSpan(0, count * register.Length);
                EndWrite(_buses[b].SyncWrite(register.Address, _ids.AsSpan(0, count), bytes));
            }
        }
    }

    /// <summary>Counts two writes in a row as one that began with the first.</summary>
    /// <param name="startNanoseconds">When the first began.</param>
    internal void KeepWriteStart(long startNanoseconds) => WriteStartNanoseconds = startNanoseconds;

    private void BeginWrite() => WriteStartNanoseconds = MonotonicClock.NowNanoseconds;

    private bool EndWrite(BusStatus status)
    {
        WriteEndNanoseconds = MonotonicClock.NowNanoseconds;
        IsLost |= status == BusStatus.Lost;
        return status == BusStatus.Ok;
    }
}
