namespace HilRig.Tasks.So101;

/// <summary>What the tasks of the SO-101 have in common: joints seen, goals moved.</summary>
internal static class So101Channels
{
    /// <summary>Numbers that <see cref="ObserveJoints"/> writes.</summary>
    public const int JointCount = 18;

    /// <summary>How far a goal goes in one action, rad.</summary>
    public const double GoalScale = 0.06;

    /// <summary>
    /// Droop under the arm's weight is up to 0.1 rad; the rest is left for pushing. Shape [dof].
    /// </summary>
    public static IReadOnlyList<double> GoalLeash { get; } = [0.2, 0.2, 0.2, 0.2, 0.2, 0.2];

    /// <summary>Positions, velocities, and leads of the goals.</summary>
    public static IReadOnlyList<TaskChannel> Joints { get; } =
    [
        .. So101Arm.Joints.Select((name, k) =>
            new TaskChannel($"joint/{name}/position", "rad", So101Arm.Home[k], 0.5)),
        .. So101Arm.Joints.Select(name =>
            new TaskChannel($"joint/{name}/velocity", "rad/s", 0, 1)),
        .. So101Arm.Joints.Select(name =>
            new TaskChannel($"joint/{name}/lead", "rad", 0, 0.1)),
    ];

    /// <summary>One action a joint.</summary>
    public static IReadOnlyList<TaskChannel> Action { get; } =
    [
        .. So101Arm.Joints.Select(name =>
            new TaskChannel($"joint/{name}/goal", "rad", 0, GoalScale)),
    ];

    /// <summary>Writes the numbers of <see cref="Joints"/>.</summary>
    public static void ObserveJoints(in TaskState state, Span<float> observation)
    {
        int count = state.Position.Length;
        for (int k = 0; k < count; k++)
        {
            observation[k] = (float)state.Position[k];
            observation[count + k] = (float)state.Velocity[k];
            observation[(2 * count) + k] = (float)(state.Goal[k] - state.Position[k]);
        }
    }

    /// <summary>
    /// Actions toward a pose: goals move by a part of what is missing, and so past the droop.
    /// </summary>
    public static void Toward(
        in TaskState state, ReadOnlySpan<double> pose, Span<float> action)
    {
        const double Part = 0.35;
        for (int k = 0; k < action.Length; k++)
        {
            action[k] = (float)Math.Clamp(
                Part * (pose[k] - state.Position[k]) / GoalScale, -1, 1);
        }
    }
}
