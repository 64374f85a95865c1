using HilRig.Core.Sampling;
using HilRig.Core.Time;

namespace HilRig.Harness.Faults.RealTime;

/// <summary>
/// One fault on the numbers of all joints: positions first, then what goes with them (velocity,
/// effort). Sees every tick, so that it knows the past when it begins. Allocates nothing.
/// </summary>
internal sealed class ValueFault
{
    private readonly FaultOccurrence _occurrence;
    private readonly IRigClock _clock;
    private readonly CounterRandom _random;
    private readonly int _dofCount;
    private readonly double[] _held;
    private readonly double _by;
    private readonly double _gain;
    private readonly double _offset;
    private readonly double _timeConstant;
    private readonly double _probability;
    private readonly ValueHistory? _history;
    private long _previous;
    private ulong _draws;
    private bool _wasActing;

    /// <summary>Makes a fault that has not begun.</summary>
    /// <param name="occurrence">Which.</param>
    /// <param name="context">Joints, period, seed and clock.</param>
    internal ValueFault(FaultOccurrence occurrence, FaultContext context)
    {
        ScenarioFault fault = occurrence.Fault;
        _occurrence = occurrence;
        _clock = context.Clock;
        _dofCount = context.DofCount;
        _random = new CounterRandom(context.Seed, (ulong)occurrence.Index);
        _held = new double[context.DofCount * FaultContext.ChannelsMax];
        _by = fault.Value("by");
        _gain = fault.Values.ContainsKey("gain") ? fault.Value("gain") : 1;
        _offset = fault.Value("offset");
        _timeConstant = fault.Value("time");
        _probability = fault.Value("probability");
        _history = fault.Rule.Type == FaultType.Delayed
            ? new ValueHistory(
                2 + (int)Math.Ceiling(_by * 1e9 / context.PeriodNanoseconds), _held.Length)
            : null;
    }

    /// <summary>Joints the newest call left without a fresh value, bit i for joint i.</summary>
    internal ulong StaleJoints { get; private set; }

    /// <summary>Applies it to one tick.</summary>
    /// <param name="planned">Planned instant of the tick, ns.</param>
    /// <param name="positions">Positions, changed in place. Shape [dof].</param>
    /// <param name="second">Velocities, or empty. Shape [dof].</param>
    /// <param name="third">Efforts, or empty. Shape [dof].</param>
    /// <returns>Joints it changed, bit i for joint i.</returns>
    internal ulong Apply(
        long planned, Span<double> positions, Span<double> second, Span<double> third)
    {
        StaleJoints = 0;
        bool acts = _occurrence.ActsOn(planned, _clock);
        if (_history is not null)
        {
            Store(_history.Begin(planned), positions, second, third);
        }

        if (acts)
        {
            Act(planned, positions, second, third);
        }
        else
        {
            // What it holds when it begins is the last good value.
            Store(_held, positions, second, third);
        }

        _wasActing = acts;
        _previous = planned;
        return acts ? _occurrence.Joints : 0;
    }

    private void Act(long planned, Span<double> positions, Span<double> second, Span<double> third)
    {
        FaultType type = _occurrence.Fault.Rule.Type;
        switch (type)
        {
            case FaultType.Off:
                Fill(positions, double.NaN);
                Fill(second, double.NaN);
                Fill(third, double.NaN);
                StaleJoints = _occurrence.Joints;
                break;
            case FaultType.Stuck:
                if (!_wasActing)
                {
                    Store(_held, positions, second, third);
                }

                Recall(_held, positions, second, third);
                break;
            case FaultType.Garbage:
                Disturb(positions);
                break;
            case FaultType.Wrong:
                Distort(positions, second);
                break;
            case FaultType.Slow:
                Lag(planned, positions, second, third);
                break;
            case FaultType.Delayed:
                Recall(_history!.At(planned - (long)(_by * 1e9)), positions, second, third);
                break;
            case FaultType.Intermittent:
                if (_random.Unit(_draws++) < _probability)
                {
                    Recall(_held, positions, second, third);
                    StaleJoints = _occurrence.Joints;
                }
                else
                {
                    Store(_held, positions, second, third);
                }

                break;
        }
    }

    private bool Touches(int joint) => (_occurrence.Joints & (1UL << joint)) != 0;

    private void Fill(Span<double> values, double value)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Touches(i) ? value : values[i];
        }
    }

    private void Disturb(Span<double> positions)
    {
        for (int i = 0; i < positions.Length; i++)
        {
            if (Touches(i))
            {
                positions[i] += _by * _random.Symmetric(_draws++);
            }
        }
    }

    private void Distort(Span<double> positions, Span<double> velocities)
    {
        for (int i = 0; i < positions.Length; i++)
        {
            if (Touches(i))
            {
                positions[i] = (_gain * positions[i]) + _offset;
            }
        }

        for (int i = 0; i < velocities.Length; i++)
        {
            velocities[i] *= Touches(i) ? _gain : 1;
        }
    }

    private void Lag(long planned, Span<double> positions, Span<double> second, Span<double> third)
    {
        double keep = Math.Exp(-(planned - _previous) * 1e-9 / _timeConstant);
        Lag(keep, positions, 0);
        Lag(keep, second, 1);
        Lag(keep, third, 2);
    }

    private void Lag(double keep, Span<double> values, int channel)
    {
        for (int i = 0; i < values.Length; i++)
        {
            ref double held = ref _held[(channel * _dofCount) + i];
            double lagged = values[i] + (keep * (held - values[i]));
            held = double.IsFinite(lagged) ? lagged : values[i];
            values[i] = Touches(i) ? held : values[i];
        }
    }

    private void Store(
        Span<double> row, Span<double> positions, Span<double> second, Span<double> third)
    {
        positions.CopyTo(row);
        second.CopyTo(row[_dofCount..]);
        third.CopyTo(row[(2 * _dofCount)..]);
    }

    private void Recall(
        ReadOnlySpan<double> row, Span<double> positions, Span<double> second, Span<double> third)
    {
        Recall(row, positions);
        Recall(row[_dofCount..], second);
        Recall(row[(2 * _dofCount)..], third);
    }

    private void Recall(ReadOnlySpan<double> row, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Touches(i) ? row[i] : values[i];
        }
    }
}
