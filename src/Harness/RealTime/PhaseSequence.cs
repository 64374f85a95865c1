using HilRig.Core.Joints;
using HilRig.Core.Time;

namespace HilRig.Harness.RealTime;

/// <summary>
/// Where in a run a tick is. Phases end by planned time, not by tick counts, so that a missed tick
/// does not stretch them.
/// </summary>
internal sealed class PhaseSequence
{
    private const double NanosecondsPerSecond = 1e9;
    private readonly double[] _startPose;
    private readonly double[] _velocityMax;
    private readonly double[] _home;
    private readonly double[] _from;
    private readonly double[] _to;
    private readonly PhaseTimes _times;
    private long _phaseStart;
    private long _rampNanoseconds;

    /// <summary>Makes a sequence.</summary>
    /// <param name="times">Lengths and repeats.</param>
    /// <param name="home">Measured pose at arming. Shape [dof].</param>
    /// <param name="startPose">Start pose, NaN: as at arming. Shape [dof].</param>
    /// <param name="velocityMax">Velocity limits. Shape [dof].</param>
    internal PhaseSequence(
        PhaseTimes times, double[] home, double[] startPose, double[] velocityMax)
    {
        _times = times;
        _home = home;
        _velocityMax = velocityMax;
        _startPose = new double[home.Length];
        _from = new double[home.Length];
        _to = new double[home.Length];
        for (int i = 0; i < home.Length; i++)
        {
            _startPose[i] = double.IsNaN(startPose[i]) ? home[i] : startPose[i];
        }
    }

    /// <summary>Where the run is.</summary>
    internal LoopPhase Phase { get; private set; } = LoopPhase.Approach;

    /// <summary>Number of the repeat, from 0.</summary>
    internal int Repeat { get; private set; }

    /// <summary>Begins, at the first tick.</summary>
    /// <param name="tick">The first tick.</param>
    internal void Begin(in Tick tick)
    {
        Repeat = 0;
        if (_times.Moves)
        {
            EnterRamp(LoopPhase.Approach, tick.PlannedNanoseconds, _home, _startPose);
        }
        else
        {
            Enter(LoopPhase.Measure, tick.PlannedNanoseconds);
        }
    }

    /// <summary>Moves on to the phase of <paramref name="tick"/>.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="goals">Goals of the previous command, from which a ramp starts.</param>
    internal void Advance(in Tick tick, ReadOnlySpan<double> goals)
    {
        long now = tick.PlannedNanoseconds;
        long inPhase = now - _phaseStart;
        switch (Phase)
        {
            case LoopPhase.Approach when inPhase >= _rampNanoseconds:
                Enter(LoopPhase.Settle, now);
                Advance(tick, goals);
                break;
            case LoopPhase.Settle when inPhase >= _times.SettleNanoseconds:
                Enter(LoopPhase.Measure, now);
                break;
            case LoopPhase.Measure when inPhase >= _times.MeasureNanoseconds:
                EndMeasure(tick, goals);
                break;
            case LoopPhase.Return when inPhase >= _rampNanoseconds:
                Enter(LoopPhase.Ended, now);
                break;
            case LoopPhase.Approach:
            case LoopPhase.Settle:
            case LoopPhase.Measure:
            case LoopPhase.Return:
            case LoopPhase.Ended:
                break;
        }
    }

    /// <summary>Ends the measured phase: its time is up, or the controller is done.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="goals">Goals of the previous command.</param>
    internal void EndMeasure(in Tick tick, ReadOnlySpan<double> goals)
    {
        long now = tick.PlannedNanoseconds;
        if (Repeat + 1 < _times.Repeats)
        {
            Repeat++;
            EnterRamp(LoopPhase.Approach, now, goals, _startPose);
        }
        else if (_times.Moves)
        {
            EnterRamp(LoopPhase.Return, now, goals, _home);
        }
        else
        {
            Enter(LoopPhase.Ended, now);
        }
    }

    /// <summary>
    /// Time since the measured phase began, ns; negative before it; at least its length in the
    /// return.
    /// </summary>
    /// <param name="tick">The tick.</param>
    internal long Elapsed(in Tick tick)
    {
        long inPhase = tick.PlannedNanoseconds - _phaseStart;
        return Phase switch
        {
            LoopPhase.Approach => inPhase - _rampNanoseconds - _times.SettleNanoseconds,
            LoopPhase.Settle => inPhase - _times.SettleNanoseconds,
            LoopPhase.Measure => inPhase,
            LoopPhase.Return or LoopPhase.Ended => _times.MeasureNanoseconds == long.MaxValue
                ? long.MaxValue
                : _times.MeasureNanoseconds + inPhase,
        };
    }

    /// <summary>Writes the goals of every phase but the measured one.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="command">Receives goals; torque on.</param>
    internal void Fill(in Tick tick, JointCommand command)
    {
        double part = _rampNanoseconds > 0
            ? Math.Min(1, (tick.PlannedNanoseconds - _phaseStart) / (double)_rampNanoseconds)
            : 1;

        // Half a cosine: starts and ends at rest.
        double blend = Phase is LoopPhase.Settle or LoopPhase.Ended
            ? 1
            : 0.5 * (1 - Math.Cos(Math.PI * part));
        for (int i = 0; i < _to.Length; i++)
        {
            command.Position[i] = _from[i] + blend * (_to[i] - _from[i]);
            command.TorqueEnabled[i] = true;
        }
    }

    private void Enter(LoopPhase phase, long now)
    {
        Phase = phase;
        _phaseStart = now;
    }

    private void EnterRamp(
        LoopPhase phase, long now, ReadOnlySpan<double> from, ReadOnlySpan<double> to)
    {
        Enter(phase, now);
        double seconds = _times.RampNanoseconds / NanosecondsPerSecond;
        for (int i = 0; i < _from.Length; i++)
        {
            _from[i] = from[i];
            _to[i] = to[i];

            // The cosine's fastest slope is π/2 of the mean one; half the limit is kept free.
            double needed = Math.Abs(to[i] - from[i]) * Math.PI / _velocityMax[i];
            seconds = Math.Max(seconds, needed);
        }

        _rampNanoseconds = (long)(seconds * NanosecondsPerSecond);
    }
}
