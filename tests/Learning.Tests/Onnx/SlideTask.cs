using HilRig.Tasks;

namespace HilRig.Learning.Tests.Onnx;

/// <summary>A task that no model needs: two joints, four numbers observed.</summary>
internal sealed class SlideTask : IRobotTask
{
    public TaskDescription Description { get; } = new()
    {
        Name = "Slide2",
        Summary = "Two slides.",
        ModelFile = "none.xml",
        PeriodSeconds = 0.05,
        SubstepCount = 10,
        EpisodeSteps = 60,
        Joints = ["x", "y"],
        ObjectJoints = [],
        Start = [new("joint/x/position", "m", 0.2, 0.1), new("joint/y/position", "m", -0.1, 0.1)],
        Observation =
        [
            new("joint/x/position", "m", 0.2, 0.1),
            new("joint/y/position", "m", -0.1, 0.1),
            new("joint/x/velocity", "m/s", 0, 0.5),
            new("joint/y/velocity", "m/s", 0, 0.5),
        ],
        Action = [new("joint/x/goal", "m", 0, 0.01), new("joint/y/goal", "m", 0, 0.01)],
        GoalLeash = [0.02, 0.02],
    };

    public void DrawStart(ulong seed, long index, Span<double> start) =>
        throw new NotSupportedException();

    public void Place(ReadOnlySpan<double> start, Span<double> position, Span<double> objects) =>
        start.CopyTo(position);

    public void Observe(in TaskState state, Span<float> observation) =>
        throw new NotSupportedException();

    public void Act(in TaskState state, ReadOnlySpan<float> action, Span<double> goal) =>
        throw new NotSupportedException();

    public TaskOutcome Judge(in TaskState state) => throw new NotSupportedException();

    public IDemonstrator CreateDemonstrator(ulong seed, long index) =>
        throw new NotSupportedException();
}
