using HilRig.Core.Joints;

namespace HilRig.Harness.Episodes.RealTime;

/// <summary>
/// Brings the goals of a task's period to the joints over the ticks of a faster loop: linearly,
/// within the first part of the period, or later where a joint's velocity limit demands it. In a
/// loop as fast as the task the goal is there at once, as in simulation.
/// </summary>
internal sealed class GoalBlend
{
    private readonly double[] _velocityMax;
    private readonly double[] _from;
    private readonly double[] _to;
    private readonly double _shortestSeconds;
    private long _startNanoseconds;

    /// <summary>Makes a blend.</summary>
    /// <param name="velocityMax">Velocity limits, rad/s or m/s. Shape [dof].</param>
    /// <param name="shortestSeconds">Least time of a blend, s.</param>
    internal GoalBlend(double[] velocityMax, double shortestSeconds)
    {
        _velocityMax = velocityMax;
        _shortestSeconds = shortestSeconds;
        _from = new double[velocityMax.Length];
        _to = new double[velocityMax.Length];
    }

    /// <summary>Begins a period.</summary>
    /// <param name="now">Planned instant of its first tick, ns.</param>
    /// <param name="goals">Goals in force. Shape [dof].</param>
    /// <param name="wanted">Goals of the period. Shape [dof].</param>
    internal void Begin(long now, ReadOnlySpan<double> goals, ReadOnlySpan<double> wanted)
    {
        _startNanoseconds = now;
        goals.CopyTo(_from);
        wanted.CopyTo(_to);
    }

    /// <summary>Writes the goals of one tick.</summary>
    /// <param name="now">Planned instant of the tick, ns.</param>
    /// <param name="periodNanoseconds">Time to the next tick: its goal is for then.</param>
    /// <param name="command">Receives the goals.</param>
    internal void Fill(long now, long periodNanoseconds, JointCommand command)
    {
        double seconds = (now - _startNanoseconds + periodNanoseconds) / 1e9;
        for (int i = 0; i < _to.Length; i++)
        {
            double way = _to[i] - _from[i];
            double needed = Math.Max(_shortestSeconds, Math.Abs(way) / _velocityMax[i]);
            command.Position[i] = seconds >= needed ? _to[i] : _from[i] + way * seconds / needed;
        }
    }
}
