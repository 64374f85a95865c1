using HilRig.Tasks.Starts;

namespace HilRig.Tasks.Pick;

/// <summary>
/// Grasp a puck between two fingers, carry it over the wall of a ring, let it go inside. A puck
/// that is carried too low is knocked off by the wall.
/// </summary>
public sealed class PickPlaceRingTask : IRobotTask
{
    private const double DoneRadius = 0.025;
    private const double DoneHeight = 0.03;
    private const double ReleasedOpening = (2 * PickScene.PuckHalfWidth) + 0.005;

    private static readonly (double Min, double Max)[] GoalRanges =
        [(-0.13, 0.13), (-0.17, 0.17), (0, 0.12), (0.02, 0.038)];

    /// <inheritdoc/>
    public TaskDescription Description { get; } = new()
    {
        Name = "PickPlaceRing",
        Summary = "grasp a puck, carry it over the wall of a ring, let it go inside",
        ModelFile = "pick-place-ring.xml",
        PeriodSeconds = 0.05,
        SubstepCount = 10,
        EpisodeSteps = 70,
        Joints = ["x", "y", "z", "grip"],
        ObjectJoints = ["puck_x", "puck_y", "puck_z", "ring_x", "ring_y"],
        Start =
        [
            new("object/puck/x", "m", 0, 0.09),
            new("object/puck/y", "m", -0.08, 0.05),
            new("object/ring/x", "m", 0, 0.09),
            new("object/ring/y", "m", 0.085, 0.045),
            new("joint/x/position", "m", 0, 0.05),
            new("joint/y/position", "m", 0, 0.04),
            new("joint/z/position", "m", 0.05, 0.012),
        ],
        Observation =
        [
            new("joint/x/position", "m", 0, 0.06),
            new("joint/y/position", "m", 0, 0.1),
            new("joint/z/position", "m", 0.03, 0.03),
            new("joint/grip/position", "m", 0.034, 0.006),
            new("joint/x/velocity", "m/s", 0, 0.15),
            new("joint/y/velocity", "m/s", 0, 0.15),
            new("joint/z/velocity", "m/s", 0, 0.15),
            new("joint/grip/velocity", "m/s", 0, 0.15),
            new("joint/x/lead", "m", 0, 0.012),
            new("joint/y/lead", "m", 0, 0.012),
            new("joint/z/lead", "m", 0, 0.012),
            new("joint/grip/lead", "m", 0, 0.012),
            new("object/puck/x", "m", 0, 0.06),
            new("object/puck/y", "m", 0, 0.1),
            new("puck/hand/z", "m", -0.03, 0.03),
            new("object/ring/x", "m", 0, 0.06),
            new("object/ring/y", "m", 0.075, 0.04),
            new("object/puck/z", "m", 0.03, 0.02),
        ],
        Action =
        [
            new("joint/x/goal", "m", 0, 0.0125),
            new("joint/y/goal", "m", 0, 0.0125),
            new("joint/z/goal", "m", 0, 0.0125),
            new("joint/grip/goal", "m", 0, 0.012),
        ],
        GoalLeash = [0.018, 0.018, 0.018, 0.015],
    };

    /// <inheritdoc/>
    public void DrawStart(ulong seed, long index, Span<double> start) =>
        StratifiedStarts.Draw(seed, index, Description.Start, start);

    /// <inheritdoc/>
    public void Place(
        ReadOnlySpan<double> start, Span<double> position, Span<double> objects)
    {
        start[..2].CopyTo(objects);
        objects[2] = PickScene.PuckRestHeight;
        start[2..4].CopyTo(objects[3..]);
        start[4..].CopyTo(position);
        position[3] = GoalRanges[3].Max;
    }

    /// <inheritdoc/>
    public void Observe(in TaskState state, Span<float> observation)
    {
        PickScene scene = PickScene.Of(state);
        for (int k = 0; k < 4; k++)
        {
            observation[k] = (float)state.Position[k];
            observation[4 + k] = (float)state.Velocity[k];
            observation[8 + k] = (float)(state.Goal[k] - state.Position[k]);
        }

        observation[12] = (float)state.Objects[0];
        observation[13] = (float)state.Objects[1];
        observation[14] = (float)scene.PuckZ;
        observation[15] = (float)state.Objects[3];
        observation[16] = (float)state.Objects[4];
        observation[17] = (float)scene.PuckHeight;
    }

    /// <inheritdoc/>
    public void Act(in TaskState state, ReadOnlySpan<float> action, Span<double> goal) =>
        GoalIncrement.Apply(Description, GoalRanges, state, action, goal);

    /// <inheritdoc/>
    public TaskOutcome Judge(in TaskState state)
    {
        PickScene scene = PickScene.Of(state);
        if (Math.Abs(state.Objects[0]) > 0.16 || Math.Abs(state.Objects[1]) > 0.2)
        {
            // Out of reach.
            return TaskOutcome.Failure;
        }

        return scene.Opening > ReleasedOpening
            && scene.PuckHeight < DoneHeight
            && double.Hypot(scene.RingX, scene.RingY) < DoneRadius
            ? TaskOutcome.Success
            : TaskOutcome.Running;
    }

    /// <inheritdoc/>
    public IDemonstrator CreateDemonstrator(ulong seed, long index) =>
        new PickDemonstrator(this, seed, index);
}
