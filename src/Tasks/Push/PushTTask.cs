using HilRig.Tasks.Starts;

namespace HilRig.Tasks.Push;

/// <summary>
/// A round pusher brings a T over a table to its place at the origin, with friction under it and at
/// the pusher. Done within 1.5 cm and 10°. Friction is that of the scene file: a start says where
/// things are, not what they are made of.
/// </summary>
public sealed class PushTTask : IRobotTask
{
    /// <summary>Distance of the T's centre of mass that counts as there, m.</summary>
    public const double DoneDistance = 0.015;

    /// <summary>Turn of the T that counts as straight, rad.</summary>
    public const double DoneAngle = 10 * Math.PI / 180;

    private static readonly (double Min, double Max)[] GoalRanges = [(-0.25, 0.25), (-0.25, 0.25)];

    /// <inheritdoc/>
    public TaskDescription Description { get; } = new()
    {
        Name = "PushT-lite",
        Summary = "push a T to its place and turn it straight",
        ModelFile = "push-t.xml",
        PeriodSeconds = 0.05,
        SubstepCount = 20,
        EpisodeSteps = 150,
        Joints = ["x", "y"],
        ObjectJoints = ["block_x", "block_y", "block_yaw"],
        Start =
        [
            new("object/block/distance", "m", 0.08, 0.02),
            new("object/block/bearing", "rad", 0, Math.PI),
            new("object/block/yaw", "rad", 0, 0.8),
            new("pusher/bearing", "rad", 0, Math.PI),
        ],
        Observation =
        [
            new("object/block/x", "m", 0, 0.07),
            new("object/block/y", "m", 0, 0.07),
            new("object/block/sin", "1", 0, 1),
            new("object/block/cos", "1", 0, 1),
            new("pusher/across", "m", 0, 0.07),
            new("pusher/along", "m", 0, 0.07),
            new("joint/x/position", "m", 0, 0.1),
            new("joint/y/position", "m", 0, 0.1),
            new("joint/x/velocity", "m/s", 0, 0.2),
            new("joint/y/velocity", "m/s", 0, 0.2),
            new("joint/x/lead", "m", 0, 0.0125),
            new("joint/y/lead", "m", 0, 0.0125),
        ],
        Action =
        [
            new("joint/x/goal", "m", 0, 0.0125),
            new("joint/y/goal", "m", 0, 0.0125),
        ],
        GoalLeash = [0.03, 0.03],
    };

    /// <inheritdoc/>
    public void DrawStart(ulong seed, long index, Span<double> start) =>
        StratifiedStarts.Draw(seed, index, Description.Start, start);

    /// <inheritdoc/>
    public void Place(
        ReadOnlySpan<double> start, Span<double> position, Span<double> objects)
    {
        const double PusherDistance = 0.09;
        (double sin, double cos) = Math.SinCos(start[1]);
        objects[0] = start[0] * cos;
        objects[1] = start[0] * sin;
        objects[2] = start[2];
        (sin, cos) = Math.SinCos(start[3]);
        position[0] = objects[0] + (PusherDistance * cos);
        position[1] = objects[1] + (PusherDistance * sin);
    }

    /// <inheritdoc/>
    public void Observe(in TaskState state, Span<float> observation)
    {
        BlockPose block = BlockPose.Of(state);
        Planar pusher = block.Into(new Planar(state.Position[0], state.Position[1]));
        observation[0] = (float)block.Place.X;
        observation[1] = (float)block.Place.Y;
        observation[2] = (float)block.Sin;
        observation[3] = (float)block.Cos;
        observation[4] = (float)pusher.X;
        observation[5] = (float)pusher.Y;
        for (int k = 0; k < 2; k++)
        {
            observation[6 + k] = (float)state.Position[k];
            observation[8 + k] = (float)state.Velocity[k];
            observation[10 + k] = (float)(state.Goal[k] - state.Position[k]);
        }
    }

    /// <inheritdoc/>
    public void Act(in TaskState state, ReadOnlySpan<float> action, Span<double> goal) =>
        GoalIncrement.Apply(Description, GoalRanges, state, action, goal);

    /// <inheritdoc/>
    public TaskOutcome Judge(in TaskState state)
    {
        BlockPose block = BlockPose.Of(state);
        return block.Place.Length <= DoneDistance && Math.Abs(block.Yaw) <= DoneAngle
            ? TaskOutcome.Success
            : TaskOutcome.Running;
    }

    /// <inheritdoc/>
    public IDemonstrator CreateDemonstrator(ulong seed, long index) =>
        new PushDemonstrator(this, seed, index);
}
