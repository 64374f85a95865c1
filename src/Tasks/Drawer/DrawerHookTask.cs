using HilRig.Tasks.Starts;

namespace HilRig.Tasks.Drawer;

/// <summary>
/// A pin on three slides enters the 6 mm slot of a handle from above and pulls a sticking drawer
/// open. The cabinet is elsewhere at each start. Done when it is open by 10 cm.
/// </summary>
public sealed class DrawerHookTask : IRobotTask
{
    /// <summary>Opening that counts as done, m.</summary>
    public const double DoneOpening = 0.1;

    private static readonly (double Min, double Max)[] GoalRanges =
        [(-0.25, 0.1), (-0.15, 0.15), (-0.08, 0.15)];

    /// <inheritdoc/>
    public TaskDescription Description { get; } = new()
    {
        Name = "DrawerHook",
        Summary = "hook the handle of a drawer and pull it open",
        ModelFile = "drawer-hook.xml",
        PeriodSeconds = 0.05,
        SubstepCount = 20,
        EpisodeSteps = 80,
        Joints = ["x", "y", "z"],
        ObjectJoints = ["cabinet_x", "cabinet_y", "cabinet_z", "drawer"],
        Start =
        [
            new("object/cabinet/x", "m", 0.02, 0.02),
            new("object/cabinet/y", "m", 0, 0.05),
            new("object/cabinet/z", "m", 0, 0.02),
            new("joint/x/position", "m", -0.06, 0.02),
            new("joint/y/position", "m", 0, 0.03),
            new("joint/z/position", "m", 0.05, 0.02),
        ],
        Observation =
        [
            new("handle/ahead", "m", 0, 0.05),
            new("handle/left", "m", 0, 0.04),
            new("handle/up", "m", -0.02, 0.03),
            new("object/drawer/opening", "m", 0, 0.1),
            new("joint/x/velocity", "m/s", 0, 0.2),
            new("joint/y/velocity", "m/s", 0, 0.2),
            new("joint/z/velocity", "m/s", 0, 0.2),
            new("joint/x/lead", "m", 0, 0.0125),
            new("joint/y/lead", "m", 0, 0.0125),
            new("joint/z/lead", "m", 0, 0.0125),
        ],
        Action =
        [
            new("joint/x/goal", "m", 0, 0.0125),
            new("joint/y/goal", "m", 0, 0.0125),
            new("joint/z/goal", "m", 0, 0.0125),
        ],
        GoalLeash = [0.03, 0.03, 0.03],
    };

    /// <inheritdoc/>
    public void DrawStart(ulong seed, long index, Span<double> start) =>
        StratifiedStarts.Draw(seed, index, Description.Start, start);

    /// <inheritdoc/>
    public void Place(
        ReadOnlySpan<double> start, Span<double> position, Span<double> objects)
    {
        start[..3].CopyTo(objects);
        objects[3] = 0;
        start[3..].CopyTo(position);
    }

    /// <inheritdoc/>
    public void Observe(in TaskState state, Span<float> observation)
    {
        DrawerGeometry handle = DrawerGeometry.Of(state);
        observation[0] = (float)handle.Ahead;
        observation[1] = (float)handle.Left;
        observation[2] = (float)handle.Up;
        observation[3] = (float)state.Objects[3];
        for (int k = 0; k < 3; k++)
        {
            observation[4 + k] = (float)state.Velocity[k];
            observation[7 + k] = (float)(state.Goal[k] - state.Position[k]);
        }
    }

    /// <inheritdoc/>
    public void Act(in TaskState state, ReadOnlySpan<float> action, Span<double> goal) =>
        GoalIncrement.Apply(Description, GoalRanges, state, action, goal);

    /// <inheritdoc/>
    public TaskOutcome Judge(in TaskState state) =>
        state.Objects[3] >= DoneOpening ? TaskOutcome.Success : TaskOutcome.Running;

    /// <inheritdoc/>
    public IDemonstrator CreateDemonstrator(ulong seed, long index) =>
        new DrawerDemonstrator(this, seed, index);
}
