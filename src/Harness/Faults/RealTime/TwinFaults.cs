using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Sampling;
using HilRig.Core.Time;

namespace HilRig.Harness.Faults.RealTime;

/// <summary>A twin with faults. Disposing it disposes the twin.</summary>
internal sealed class TwinFaults : IPlant
{
    private readonly IPlant _twin;
    private readonly IRigClock _clock;
    private readonly FaultOccurrence[] _occurrences;
    private readonly ValueFault[] _values;
    private readonly CounterRandom _random;
    private readonly JointCommand _work;
    private ulong _draws;
    private long _planned;

    /// <summary>Takes a twin.</summary>
    internal TwinFaults(IPlant twin, FaultContext context)
    {
        IReadOnlyList<FaultOccurrence> faults = context.Schedule.Of(FaultLayer.Sim);
        _twin = twin;
        _clock = context.Clock;
        _occurrences = [.. faults];
        _random = new CounterRandom(context.Seed, 0x51);
        _work = new JointCommand(context.DofCount);
        int count = 0;
        var values = new ValueFault[faults.Count];
        foreach (FaultOccurrence fault in faults)
        {
            if (ChangesStates(fault.Fault.Rule.Type))
            {
                values[count++] = new ValueFault(fault, context);
            }
        }

        _values = values[..count];
    }

    /// <inheritdoc/>
    public PlantDescription Description => _twin.Description;

    /// <inheritdoc/>
    public ITickSource? DeviceClock => _twin.DeviceClock;

    /// <inheritdoc/>
    public void Start(JointState initial) => _twin.Start(initial);

    /// <inheritdoc/>
    public PlantStatus TryRead(JointState state)
    {
        PlantStatus status = _twin.TryRead(state);
        if (status == PlantStatus.Ok)
        {
            foreach (ValueFault fault in _values)
            {
                fault.Apply(_planned, state.Position, state.Velocity, state.Effort);
            }
        }

        return status;
    }

    /// <inheritdoc/>
    public PlantStatus Write(in Tick tick, JointCommand command)
    {
        _planned = tick.PlannedNanoseconds;
        command.CopyTo(_work);
        foreach (FaultOccurrence occurrence in _occurrences)
        {
            FaultType type = occurrence.Fault.Rule.Type;
            if (ChangesStates(type) || !occurrence.ActsOn(_planned, _clock))
            {
                continue;
            }

            if (type == FaultType.Wrong)
            {
                double gain = occurrence.Fault.Value("gain");
                for (int i = 0; i < _work.Position.Length; i++)
                {
                    _work.Position[i] *= gain;
                }
            }
            else if (type == FaultType.Slow)
            {
                long by = (long)(occurrence.Fault.Value("by") * 1e9);
                _clock.SleepUntil(_clock.NowNanoseconds + by);
            }
            else if (_random.Unit(_draws++) < occurrence.Fault.Value("probability"))
            {
                return PlantStatus.Ok;
            }
        }

        return _twin.Write(tick, _work);
    }

    /// <inheritdoc/>
    public PlantStatus Stop(StopReason reason) => _twin.Stop(reason);

    /// <inheritdoc/>
    public void Dispose() => _twin.Dispose();

    private static bool ChangesStates(FaultType type) => type switch
    {
        FaultType.Off or FaultType.Stuck or FaultType.Garbage or FaultType.Delayed => true,
        FaultType.Wrong or FaultType.Slow or FaultType.Intermittent => false,
    };
}
