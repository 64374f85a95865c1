using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;

namespace HilRig.Harness.RealTime;

/// <summary>Commands the goals of a recording; the last one holds until the next row.</summary>
internal sealed class ReplayController : IController
{
    /// <summary>
    /// A row counts as reached this early: a device-clocked tick is planned by a filtered clock,
    /// which may be a little before the row's own time. Rows of servo logs are more than 3 ms
    /// apart.
    /// </summary>
    internal const long EarlyNanoseconds = 500_000;

    private readonly long[] _timeNanoseconds;
    private readonly double[]?[] _goals;
    private readonly bool[]?[] _torqueEnabled;
    private int _row;

    /// <summary>Makes a controller.</summary>
    /// <param name="timeNanoseconds">Time of each row, ns.</param>
    /// <param name="goals">Goals of each joint; null leaves it alone. Shape [dof][row].</param>
    /// <param name="torqueEnabled">Torque flags. Shape [dof][row].</param>
    internal ReplayController(
        long[] timeNanoseconds, double[]?[] goals, bool[]?[] torqueEnabled)
    {
        _timeNanoseconds = timeNanoseconds;
        _goals = goals;
        _torqueEnabled = torqueEnabled;
    }

    /// <inheritdoc/>
    public void Start(JointState measured) => _row = 0;

    /// <inheritdoc/>
    public ControllerStatus Compute(
        in Tick tick, long elapsedNanoseconds, JointState measured, JointCommand command)
    {
        int row = RowAt(_timeNanoseconds, elapsedNanoseconds, ref _row);
        for (int i = 0; i < _goals.Length; i++)
        {
            if (_goals[i] is { } goals && _torqueEnabled[i] is { } torque)
            {
                command.Position[i] = goals[row];
                command.TorqueEnabled[i] = torque[row];
            }
        }

        return elapsedNanoseconds > _timeNanoseconds[^1] + EarlyNanoseconds
            ? ControllerStatus.Done
            : ControllerStatus.Ok;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    /// <summary>The row in force at an instant.</summary>
    /// <param name="times">Time of each row, ns.</param>
    /// <param name="elapsed">The instant, ns.</param>
    /// <param name="near">In: a guess. Out: the row.</param>
    internal static int RowAt(long[] times, long elapsed, ref int near)
    {
        long reached = elapsed + EarlyNanoseconds;
        if (times[near] > reached)
        {
            near = 0;
        }

        while (near + 1 < times.Length && times[near + 1] <= reached)
        {
            near++;
        }

        return near;
    }
}
