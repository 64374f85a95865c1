using HilRig.Tasks.Starts;

namespace HilRig.Tasks.Peg;

/// <summary>
/// A planar peg into a slot with 1.2 mm of clearance on each side, at a place and angle that differ
/// from start to start. Done when the tip is 24 mm deep.
/// </summary>
public sealed class PegInsert3Task : IRobotTask
{
    /// <summary>Depth of the tip that counts as inserted, m.</summary>
    public const double DoneDepth = 0.024;

    private static readonly (double Min, double Max)[] GoalRanges =
        [(-0.12, 0.12), (-0.055, 0.077), (-0.38, 0.38)];

    /// <inheritdoc/>
    public TaskDescription Description { get; } = new()
    {
        Name = "PegInsert3",
        Summary = "insert a planar peg into a slot of random place and angle",
        ModelFile = "peg-insert3.xml",
        PeriodSeconds = 0.05,
        SubstepCount = 10,
        EpisodeSteps = 60,
        Joints = ["x", "z", "tilt"],
        ObjectJoints = ["fixture_x", "fixture_angle"],
        Start =
        [
            new("object/fixture/x", "m", 0, 0.06),
            new("object/fixture/angle", "rad", 0, 0.15),
            new("joint/x/position", "m", 0, 0.05),
            new("joint/z/position", "m", 0.06, 0.014),
            new("joint/tilt/position", "rad", 0, 0.1),
        ],
        Observation =
        [
            new("peg/lateral", "m", 0, 0.06),
            new("peg/height", "m", 0.03, 0.04),
            new("peg/angle", "rad", 0, 0.12),
            new("joint/tilt/position", "rad", 0, 0.12),
            new("joint/x/velocity", "m/s", 0, 0.12),
            new("joint/z/velocity", "m/s", 0, 0.12),
            new("joint/tilt/velocity", "rad/s", 0, 0.5),
            new("joint/x/lead", "m", 0, 0.01),
            new("joint/z/lead", "m", 0, 0.01),
        ],
        Action =
        [
            new("joint/x/goal", "m", 0, 0.01),
            new("joint/z/goal", "m", 0, 0.01),
            new("joint/tilt/goal", "rad", 0, 0.04),
        ],
        GoalLeash = [0.015, 0.015, 0.06],
    };

    /// <inheritdoc/>
    public void DrawStart(ulong seed, long index, Span<double> start) =>
        StratifiedStarts.Draw(seed, index, Description.Start, start);

    /// <inheritdoc/>
    public void Place(
        ReadOnlySpan<double> start, Span<double> position, Span<double> objects)
    {
        start[..2].CopyTo(objects);
        start[2..].CopyTo(position);
    }

    /// <inheritdoc/>
    public void Observe(in TaskState state, Span<float> observation)
    {
        PegGeometry peg = PegGeometry.Of(state);
        observation[0] = (float)peg.Lateral;
        observation[1] = (float)peg.Height;
        observation[2] = (float)peg.Angle;
        observation[3] = (float)state.Position[2];
        observation[4] = (float)state.Velocity[0];
        observation[5] = (float)state.Velocity[1];
        observation[6] = (float)state.Velocity[2];
        observation[7] = (float)(state.Goal[0] - state.Position[0]);
        observation[8] = (float)(state.Goal[1] - state.Position[1]);
    }

    /// <inheritdoc/>
    public void Act(in TaskState state, ReadOnlySpan<float> action, Span<double> goal) =>
        GoalIncrement.Apply(Description, GoalRanges, state, action, goal);

    /// <inheritdoc/>
    public TaskOutcome Judge(in TaskState state)
    {
        // Beside the block is no success.
        PegGeometry peg = PegGeometry.Of(state);
        return peg.Height <= -DoneDepth && Math.Abs(peg.Lateral) < 0.004
            ? TaskOutcome.Success
            : TaskOutcome.Running;
    }

    /// <inheritdoc/>
    public IDemonstrator CreateDemonstrator(ulong seed, long index) =>
        new PegDemonstrator(this, seed, index);
}
