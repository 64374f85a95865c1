using HilRig.Tasks.Starts;

namespace HilRig.Tasks.So101;

/// <summary>
/// The SO-101 brings its tool to a point in space. Done within 1 cm, and so slow that the next
/// three periods do not lead out again: tasks have no memory, so "held" is judged by speed.
/// </summary>
public sealed class So101ReachTask : IRobotTask
{
    /// <summary>Distance that counts as there, m.</summary>
    public const double DoneDistance = 0.01;

    private const int HeldPeriods = 3;

    /// <inheritdoc/>
    public TaskDescription Description { get; } = new()
    {
        Name = "So101Reach",
        Summary = "bring the tool of an SO-101 to a point and keep it there",
        ModelFile = "so101.xml",
        PeriodSeconds = 0.05,
        SubstepCount = 25,
        EpisodeSteps = 60,
        Joints = So101Arm.Joints,
        ObjectJoints = [],
        Start =
        [
            new("target/distance", "m", 0.29, 0.05),
            new("target/bearing", "rad", 0, 0.7),
            new("target/height", "m", 0.15, 0.09),
            new("joint/shoulder_pan/position", "rad", 0, 0.3),
            new("joint/shoulder_lift/position", "rad", -1.4, 0.1),
            new("joint/elbow_flex/position", "rad", 1.2, 0.1),
        ],
        Observation =
        [
            .. So101Channels.Joints,
            new("target/ahead", "m", 0, 0.1),
            new("target/left", "m", 0, 0.1),
            new("target/up", "m", 0, 0.1),
        ],
        Action = So101Channels.Action,
        GoalLeash = So101Channels.GoalLeash,
    };

    /// <inheritdoc/>
    public void DrawStart(ulong seed, long index, Span<double> start) =>
        StratifiedStarts.Draw(seed, index, Description.Start, start);

    /// <inheritdoc/>
    public void Place(
        ReadOnlySpan<double> start, Span<double> position, Span<double> objects)
    {
        So101Arm.Home.CopyTo(position);
        start[3..].CopyTo(position);
    }

    /// <inheritdoc/>
    public void Observe(in TaskState state, Span<float> observation)
    {
        So101Channels.ObserveJoints(state, observation);
        (double X, double Y, double Z) tool = So101Arm.Tool(state.Position);
        (double X, double Y, double Z) target = Target(state.Start);
        observation[So101Channels.JointCount] = (float)(target.X - tool.X);
        observation[So101Channels.JointCount + 1] = (float)(target.Y - tool.Y);
        observation[So101Channels.JointCount + 2] = (float)(target.Z - tool.Z);
    }

    /// <inheritdoc/>
    public void Act(in TaskState state, ReadOnlySpan<float> action, Span<double> goal) =>
        GoalIncrement.Apply(Description, So101Arm.GoalRanges, state, action, goal);

    /// <inheritdoc/>
    public TaskOutcome Judge(in TaskState state)
    {
        Span<double> later = stackalloc double[state.Position.Length];
        for (int k = 0; k < later.Length; k++)
        {
            later[k] = state.Position[k]
                + (HeldPeriods * Description.PeriodSeconds * state.Velocity[k]);
        }

        return Distance(state.Position, state.Start) <= DoneDistance
            && Distance(later, state.Start) <= DoneDistance
            ? TaskOutcome.Success
            : TaskOutcome.Running;
    }

    /// <inheritdoc/>
    public IDemonstrator CreateDemonstrator(ulong seed, long index) =>
        new So101ReachDemonstrator(seed, index);

    /// <summary>The point in the frame of the base, m.</summary>
    internal static (double X, double Y, double Z) Target(ReadOnlySpan<double> start)
    {
        (double sin, double cos) = Math.SinCos(start[1]);
        return (start[0] * cos, start[0] * sin, start[2]);
    }

    private static double Distance(ReadOnlySpan<double> joints, ReadOnlySpan<double> start)
    {
        (double X, double Y, double Z) tool = So101Arm.Tool(joints);
        (double X, double Y, double Z) target = Target(start);
        double x = target.X - tool.X;
        double y = target.Y - tool.Y;
        double z = target.Z - tool.Z;
        return Math.Sqrt((x * x) + (y * y) + (z * z));
    }
}
