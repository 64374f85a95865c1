using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Sampling;
using HilRig.Core.Time;

namespace HilRig.Harness.Faults.RealTime;

/// <summary>A controller with faults. Disposing it disposes the controller.</summary>
internal sealed class OperatorFaults : IController
{
    private readonly IController _controller;
    private readonly IRigClock _clock;
    private readonly FaultOccurrence[] _occurrences;
    private readonly ValueFault[] _values;
    private readonly CounterRandom _random;
    private readonly double[] _own;
    private bool _hasOwn;
    private ulong _draws;

    /// <summary>Takes a controller.</summary>
    internal OperatorFaults(IController controller, FaultContext context)
    {
        IReadOnlyList<FaultOccurrence> faults = context.Schedule.OfController();
        _controller = controller;
        _clock = context.Clock;
        _occurrences = [.. faults];
        _values = new ValueFault[faults.Count];
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] = new ValueFault(faults[i], context);
        }

        _random = new CounterRandom(context.Seed, 0x0F);
        _own = new double[context.DofCount];
    }

    /// <inheritdoc/>
    public void Start(JointState measured) => _controller.Start(measured);

    /// <inheritdoc/>
    public ControllerStatus Compute(
        in Tick tick, long elapsedNanoseconds, JointState measured, JointCommand command)
    {
        // The controller finds its own goals, not what became of them.
        if (_hasOwn)
        {
            _own.AsSpan().CopyTo(command.Position);
        }

        ControllerStatus status =
            _controller.Compute(tick, elapsedNanoseconds, measured, command);
        command.Position.AsSpan().CopyTo(_own);
        _hasOwn = true;
        for (int i = 0; i < _occurrences.Length; i++)
        {
            FaultType type = _occurrences[i].Fault.Rule.Type;
            if (type is not (FaultType.Off or FaultType.Garbage))
            {
                _values[i].Apply(tick.PlannedNanoseconds, command.Position, [], []);
            }
            else if (_occurrences[i].ActsOn(tick.PlannedNanoseconds, _clock))
            {
                if (type == FaultType.Off && status == ControllerStatus.Ok)
                {
                    status = ControllerStatus.Done;
                }
                else if (type == FaultType.Garbage)
                {
                    Garble(command.Position);
                }
            }
        }

        return status;
    }

    /// <inheritdoc/>
    public void Dispose() => _controller.Dispose();

    private void Garble(Span<double> goals)
    {
        for (int i = 0; i < goals.Length; i++)
        {
            ulong bits = _random.Bits(_draws++);
            goals[i] = (bits & 3) switch
            {
                0 => double.NaN,
                1 => double.PositiveInfinity,
                2 => double.NegativeInfinity,
                _ => BitConverter.UInt64BitsToDouble(bits),
            };
        }
    }
}
