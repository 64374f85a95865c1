using HilRig.Tasks;

namespace HilRig.Harness.Tests.Support;

/// <summary>
/// A task for tests: joint "a" must come to the block, which slides beside it. Joint "b" is free.
/// </summary>
internal sealed class TouchTask : IRobotTask
{
    public const double Reach = 0.01;

    public const double ActionScale = 0.05;

    public TaskDescription Description { get; } = new()
    {
        Name = "Touch",
        Summary = "bring a to the block",
        ModelFile = "none.xml",
        PeriodSeconds = 0.05,
        SubstepCount = 1,
        EpisodeSteps = 40,
        Joints = ["b", "a"],
        ObjectJoints = ["block"],
        Start =
        [
            new TaskChannel("object/block", "rad", 0, 0.5),
            new TaskChannel("joint/a/position", "rad", 0, 0.1),
        ],
        Observation =
        [
            new TaskChannel("joint/a/position", "rad", 0, 1),
            new TaskChannel("object/block", "rad", 0, 1),
            new TaskChannel("step", "1", 0, 40),
        ],
        Action =
        [
            new TaskChannel("joint/a/goal", "rad", 0, ActionScale),
            new TaskChannel("joint/b/goal", "rad", 0, ActionScale),
        ],
        GoalLeash = [0.5, 0.5],
    };

    public void DrawStart(ulong seed, long index, Span<double> start)
    {
        start[0] = 0.3 + 0.05 * (index % 8);
        start[1] = 0.01 * (index % 4);
    }

    public void Place(ReadOnlySpan<double> start, Span<double> position, Span<double> objects)
    {
        objects[0] = start[0];
        position[0] = 0;
        position[1] = start[1];
    }

    public void Observe(in TaskState state, Span<float> observation)
    {
        observation[0] = (float)state.Position[1];
        observation[1] = (float)state.Objects[0];
        observation[2] = state.StepIndex;
    }

    public void Act(in TaskState state, ReadOnlySpan<float> action, Span<double> goal)
    {
        goal[0] = state.Goal[0] + action[1] * ActionScale;
        goal[1] = state.Goal[1] + action[0] * ActionScale;
    }

    public TaskOutcome Judge(in TaskState state) =>
        Math.Abs(state.Position[1] - state.Objects[0]) < Reach
            ? TaskOutcome.Success
            : state.Position[1] > 2 ? TaskOutcome.Failure : TaskOutcome.Running;

    public IDemonstrator CreateDemonstrator(ulong seed, long index) => new Script();

    private sealed class Script : IDemonstrator
    {
        public void Act(in TaskState state, Span<float> action)
        {
            double error = state.Objects[0] - state.Goal[1];
            action[0] = (float)Math.Clamp(error / ActionScale, -1, 1);
            action[1] = 0;
        }
    }
}
