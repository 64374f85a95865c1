using HilRig.Core.Joints;

namespace HilRig.Devices.PacketClocked.RealTime;

/// <summary>
/// The goals a controller drives to: those that are commanded while they come and are allowed, the
/// same speed onwards for a lost one, and a brake for a stop. Allocates nothing.
/// </summary>
internal sealed class GoalFollower
{
    // The first goal of a motion is where the arm is held, to within this.
    private const double StartTolerance = 0.01;

    // A host plans by its own estimate of this clock, which moves by some tens of microseconds.
    private const double SpeedMargin = 1.05;
    private const double ClockMarginSeconds = 1e-4;

    // Speed falls to a tenth within 46 ms.
    private const double BrakeSeconds = 0.02;
    private readonly JointLimits[] _limits;
    private readonly double[] _goal;
    private readonly double[] _taken;
    private readonly double[] _velocity;
    private int _cyclesSinceTaken;

    /// <summary>Holds a pose.</summary>
    /// <param name="limits">Hard limits of the joints. Shape [dof].</param>
    /// <param name="pose">Where the arm is. Shape [dof].</param>
    public GoalFollower(JointLimits[] limits, ReadOnlySpan<double> pose)
    {
        _limits = limits;
        _goal = pose.ToArray();
        _taken = pose.ToArray();
        _velocity = new double[limits.Length];
    }

    /// <summary>Where to drive to, rad or m. Shape [dof].</summary>
    public ReadOnlySpan<double> Goal => _goal;

    /// <summary>Takes a commanded goal.</summary>
    /// <param name="goal">The goal. Shape [dof].</param>
    /// <param name="isFirst">Whether it begins a motion.</param>
    /// <param name="periodSeconds">Length of a cycle.</param>
    /// <returns>None when it is followed; else why the controller stops.</returns>
    public ControllerStopCause Take(ReadOnlySpan<double> goal, bool isFirst, double periodSeconds)
    {
        double seconds = (_cyclesSinceTaken + 1) * periodSeconds;
        for (int i = 0; i < goal.Length; i++)
        {
            JointLimits limits = _limits[i];
            if (!(goal[i] >= limits.PositionMin && goal[i] <= limits.PositionMax))
            {
                return ControllerStopCause.GoalOutOfRange;
            }

            double step = Math.Abs(goal[i] - _taken[i]);
            if (isFirst ? step > StartTolerance
                : step > limits.VelocityMax * (seconds + ClockMarginSeconds) * SpeedMargin)
            {
                return isFirst ? ControllerStopCause.MotionStart : ControllerStopCause.GoalTooFast;
            }
        }

        for (int i = 0; i < goal.Length; i++)
        {
            _velocity[i] = isFirst ? 0 : (goal[i] - _taken[i]) / seconds;
            _taken[i] = goal[i];
            _goal[i] = goal[i];
        }

        _cyclesSinceTaken = 0;
        return ControllerStopCause.None;
    }

    /// <summary>Goes on at the same speed, within the limits: a goal was lost.</summary>
    /// <param name="periodSeconds">Length of a cycle.</param>
    public void Extrapolate(double periodSeconds)
    {
        _cyclesSinceTaken++;
        Advance(periodSeconds);
    }

    /// <summary>
    /// Lets time pass in which nothing was sent: the host went on with its motion meanwhile.
    /// </summary>
    /// <param name="cycles">Cycles left out.</param>
    public void LeaveOut(long cycles) =>
        _cyclesSinceTaken = (int)Math.Min(_cyclesSinceTaken + cycles, int.MaxValue);

    /// <summary>Slows down, then holds.</summary>
    /// <param name="periodSeconds">Length of a cycle.</param>
    public void Brake(double periodSeconds)
    {
        double kept = Math.Exp(-periodSeconds / BrakeSeconds);
        for (int i = 0; i < _velocity.Length; i++)
        {
            _velocity[i] *= kept;
        }

        Advance(periodSeconds);
    }

    /// <summary>Holds the goal as it is; the next motion begins there.</summary>
    public void Hold()
    {
        Array.Clear(_velocity);
        _goal.AsSpan().CopyTo(_taken);
        _cyclesSinceTaken = 0;
    }

    private void Advance(double periodSeconds)
    {
        for (int i = 0; i < _goal.Length; i++)
        {
            _goal[i] = Math.Clamp(
                _goal[i] + (_velocity[i] * periodSeconds),
                _limits[i].PositionMin,
                _limits[i].PositionMax);
        }
    }
}
