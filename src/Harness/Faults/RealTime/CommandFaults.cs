using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Sampling;
using HilRig.Core.Sessions;
using HilRig.Core.Time;

namespace HilRig.Harness.Faults.RealTime;

/// <summary>
/// Faults of commands on their way from the loop to the agent: behind the loop's own limits, so
/// that the agent's are put to the test. Disposing it disposes the plant.
/// </summary>
internal sealed class CommandFaults : IPlant
{
    private readonly IPlant _plant;
    private readonly ICommandDisguise? _disguise;
    private readonly IRigClock _clock;
    private readonly FaultOccurrence[] _occurrences;
    private readonly CommandQueue?[] _queues;
    private readonly CounterRandom _random;
    private readonly JointCommand _work;
    private readonly JointCommand _sent;
    private Tick _sentTick;
    private bool _hasSent;
    private ulong _draws;

    /// <summary>Takes a plant.</summary>
    internal CommandFaults(IPlant plant, FaultContext context)
    {
        IReadOnlyList<FaultOccurrence> faults = context.Schedule.Of(FaultLayer.Bridge);
        _plant = plant;
        _disguise = plant as ICommandDisguise;
        _clock = context.Clock;
        _occurrences = [.. faults];
        _queues = new CommandQueue?[faults.Count];
        for (int i = 0; i < _queues.Length; i++)
        {
            if (faults[i].Fault.Rule.Type == FaultType.Delayed)
            {
                double ticks = faults[i].Fault.Value("by") * 1e9 / context.PeriodNanoseconds;
                _queues[i] = new CommandQueue(2 + (int)Math.Ceiling(ticks), context.DofCount);
            }
        }

        _random = new CounterRandom(context.Seed, 0xB7);
        _work = new JointCommand(context.DofCount);
        _sent = new JointCommand(context.DofCount);
    }

    /// <inheritdoc/>
    public PlantDescription Description => _plant.Description;

    /// <inheritdoc/>
    public ITickSource? DeviceClock => _plant.DeviceClock;

    /// <inheritdoc/>
    public void Start(JointState initial) => _plant.Start(initial);

    /// <inheritdoc/>
    public PlantStatus TryRead(JointState state) => _plant.TryRead(state);

    /// <inheritdoc/>
    public PlantStatus Write(in Tick tick, JointCommand command)
    {
        Tick meant = tick;
        command.CopyTo(_work);
        SessionKey disguise = default;
        bool isSent = true;
        for (int i = 0; i < _occurrences.Length; i++)
        {
            bool acts = _occurrences[i].ActsOn(tick.PlannedNanoseconds, _clock);
            if (_queues[i] is { } queue)
            {
                queue.Add(meant, _work);
                long by = (long)(_occurrences[i].Fault.Value("by") * 1e9);
                isSent &= !acts || queue.TryFind(tick.PlannedNanoseconds - by, out meant, _work);
            }
            else if (acts)
            {
                isSent &= Act(_occurrences[i], ref meant, ref disguise);
            }
        }

        _disguise?.Disguise(disguise);
        if (!isSent)
        {
            return PlantStatus.Ok;
        }

        _work.CopyTo(_sent);
        _sentTick = meant;
        _hasSent = true;
        return _plant.Write(meant, _work);
    }

    /// <inheritdoc/>
    public PlantStatus Stop(StopReason reason) => _plant.Stop(reason);

    /// <inheritdoc/>
    public void Dispose() => _plant.Dispose();

    // Whether the command is sent.
    private bool Act(FaultOccurrence occurrence, ref Tick tick, ref SessionKey disguise)
    {
        ScenarioFault fault = occurrence.Fault;
        return fault.Rule.Type switch
        {
            FaultType.Off => false,
            FaultType.Intermittent => _random.Unit(_draws++) >= fault.Value("probability"),
            FaultType.Slow => tick.PlannedNanoseconds - _sentTick.PlannedNanoseconds
                >= (long)(1e9 / fault.Value("rate")),
            FaultType.Stuck => Repeat(ref tick),
            FaultType.Garbage => Garble(_work.Position),
            FaultType.Wrong => Pervert(fault, ref disguise),
            FaultType.Delayed => true,
        };
    }

    private bool Repeat(ref Tick tick)
    {
        if (_hasSent)
        {
            _sent.CopyTo(_work);
            tick = _sentTick;
        }

        return true;
    }

    private bool Pervert(ScenarioFault fault, ref SessionKey disguise)
    {
        _work.Sequence -= (long)fault.Value(LoopRules.SequenceKey);
        double goal = fault.Value(LoopRules.GoalKey);
        for (int i = 0; i < _work.Position.Length; i++)
        {
            _work.Position[i] += goal;
        }

        disguise = new SessionKey(
            disguise.SessionId + (ulong)fault.Value(LoopRules.SessionKey),
            disguise.OwnerToken - (ulong)fault.Value(LoopRules.OwnerKey));
        return true;
    }

    private bool Garble(Span<double> goals)
    {
        for (int i = 0; i < goals.Length; i++)
        {
            goals[i] = BitConverter.UInt64BitsToDouble(_random.Bits(_draws++));
        }

        return true;
    }
}
