using HilRig.Tasks.Starts;

namespace HilRig.Tasks.So101;

/// <summary>
/// The SO-101 pushes a puck over the table into a zone with its fingertip. Done when the puck's
/// middle is within 2 cm of the zone's.
/// </summary>
public sealed class So101PushTask : IRobotTask
{
    /// <summary>Distance of the puck from the zone's middle that counts as in, m.</summary>
    public const double ZoneRadius = 0.02;

    /// <inheritdoc/>
    public TaskDescription Description { get; } = new()
    {
        Name = "So101Push",
        Summary = "push a puck into a zone with the fingertip of an SO-101",
        ModelFile = "so101-push.xml",
        PeriodSeconds = 0.05,
        SubstepCount = 25,
        EpisodeSteps = 100,
        Joints = So101Arm.Joints,
        ObjectJoints = ["puck_x", "puck_y"],
        Start =
        [
            new("zone/distance", "m", 0.295, 0.01),
            new("zone/bearing", "rad", 0, 0.3),
            new("object/puck/distance", "m", 0.07, 0.015),
            new("object/puck/bearing", "rad", Math.PI, 1.6),
            new("joint/shoulder_pan/position", "rad", 0, 0.3),
        ],
        Observation =
        [
            .. So101Channels.Joints,
            new("puck/ahead", "m", 0, 0.08),
            new("puck/left", "m", 0, 0.08),
            new("tool/height", "m", 0.05, 0.04),
            new("zone/ahead", "m", 0, 0.05),
            new("zone/left", "m", 0, 0.05),
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
        position[0] = start[4];
        (double x, double y) = Zone(start);

        // Bearing 0 is beyond the zone, π between the zone and the arm.
        (double sin, double cos) = Math.SinCos(start[1] + start[3]);
        objects[0] = x + (start[2] * cos);
        objects[1] = y + (start[2] * sin);
    }

    /// <inheritdoc/>
    public void Observe(in TaskState state, Span<float> observation)
    {
        So101Channels.ObserveJoints(state, observation);
        (double X, double Y, double Z) tool = So101Arm.Tool(state.Position);
        (double x, double y) = Zone(state.Start);
        observation[So101Channels.JointCount] = (float)(state.Objects[0] - tool.X);
        observation[So101Channels.JointCount + 1] = (float)(state.Objects[1] - tool.Y);
        observation[So101Channels.JointCount + 2] = (float)tool.Z;
        observation[So101Channels.JointCount + 3] = (float)(x - state.Objects[0]);
        observation[So101Channels.JointCount + 4] = (float)(y - state.Objects[1]);
    }

    /// <inheritdoc/>
    public void Act(in TaskState state, ReadOnlySpan<float> action, Span<double> goal) =>
        GoalIncrement.Apply(Description, So101Arm.GoalRanges, state, action, goal);

    /// <inheritdoc/>
    public TaskOutcome Judge(in TaskState state)
    {
        (double x, double y) = Zone(state.Start);
        double ahead = x - state.Objects[0];
        double left = y - state.Objects[1];
        return (ahead * ahead) + (left * left) <= ZoneRadius * ZoneRadius
            ? TaskOutcome.Success
            : TaskOutcome.Running;
    }

    /// <inheritdoc/>
    public IDemonstrator CreateDemonstrator(ulong seed, long index) =>
        new So101PushDemonstrator(seed, index);

    /// <summary>The zone's middle in the frame of the base, m.</summary>
    internal static (double X, double Y) Zone(ReadOnlySpan<double> start)
    {
        (double sin, double cos) = Math.SinCos(start[1]);
        return (start[0] * cos, start[0] * sin);
    }
}
