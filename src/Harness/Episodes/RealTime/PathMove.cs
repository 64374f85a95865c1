using HilRig.Core.Joints;

namespace HilRig.Harness.Episodes.RealTime;

/// <summary>
/// Goes along poses in joint space: straight from each to the next, starting and ending at rest,
/// never faster than a part of each joint's velocity limit. Allocates nothing after construction.
/// </summary>
internal sealed class PathMove
{
    private const double NanosecondsPerSecond = 1e9;

    // A move of no length still takes a moment, so that its end is seen.
    private const double ShortestSeconds = 0.05;
    private readonly double[] _velocityMax;
    private readonly double[] _poses;
    private readonly double[] _secondsAt;
    private int _poseCount;
    private long _startNanoseconds;

    /// <summary>Makes a move that has ended.</summary>
    /// <param name="velocityMax">Velocity limits, rad/s or m/s. Shape [dof].</param>
    /// <param name="pathCapacity">Poses that a path can have.</param>
    internal PathMove(double[] velocityMax, int pathCapacity)
    {
        _velocityMax = velocityMax;
        _poses = new double[(pathCapacity + 1) * velocityMax.Length];
        _secondsAt = new double[pathCapacity + 1];
    }

    /// <summary>How long it takes, s.</summary>
    internal double Seconds { get; private set; }

    /// <summary>Begins.</summary>
    /// <param name="now">Planned instant of the tick, ns.</param>
    /// <param name="goals">Goals in force, where the path begins. Shape [dof].</param>
    /// <param name="order">The path and its speed.</param>
    internal void Begin(long now, ReadOnlySpan<double> goals, SessionOrder order)
    {
        int dofCount = _velocityMax.Length;
        _startNanoseconds = now;
        _poseCount = order.PathCount + 1;
        goals.CopyTo(_poses);
        for (int pose = 1; pose < _poseCount; pose++)
        {
            double seconds = 0;
            for (int i = 0; i < dofCount; i++)
            {
                double before = _poses[(pose - 1) * dofCount + i];
                double wanted = order.Path[(pose - 1) * dofCount + i];
                double after = double.IsNaN(wanted) ? before : wanted;
                _poses[pose * dofCount + i] = after;
                double speed = _velocityMax[i] * order.SpeedFraction;
                seconds = Math.Max(seconds, Math.Abs(after - before) / speed);
            }

            _secondsAt[pose] = _secondsAt[pose - 1] + seconds;
        }

        // Half a cosine along the whole path; its fastest slope is π/2 of the mean one.
        double length = _secondsAt[_poseCount - 1];
        Seconds = Math.Max(ShortestSeconds, length * Math.PI / 2);
    }

    /// <summary>Writes the goals of one tick.</summary>
    /// <param name="now">Planned instant of the tick, ns.</param>
    /// <param name="command">Receives the goals.</param>
    /// <returns>Whether this is the end of the path.</returns>
    internal bool Fill(long now, JointCommand command)
    {
        int dofCount = _velocityMax.Length;
        double part = Math.Min(
            1, (now - _startNanoseconds) / NanosecondsPerSecond / Seconds);
        double length = _secondsAt[_poseCount - 1];
        double along = length * 0.5 * (1 - Math.Cos(Math.PI * part));
        int pose = 1;
        while (pose < _poseCount - 1 && _secondsAt[pose] < along)
        {
            pose++;
        }

        double segment = pose < _poseCount ? _secondsAt[pose] - _secondsAt[pose - 1] : 0;
        double blend = part >= 1 || segment <= 0
            ? 1
            : Math.Clamp((along - _secondsAt[pose - 1]) / segment, 0, 1);
        int to = Math.Min(pose, _poseCount - 1) * dofCount;
        int from = Math.Max(0, to - dofCount);
        for (int i = 0; i < dofCount; i++)
        {
            command.Position[i] = _poses[from + i] + blend * (_poses[to + i] - _poses[from + i]);
        }

        return part >= 1;
    }
}
