namespace HilRig.Tasks;

/// <summary>What a task is, by names and numbers. SI units.</summary>
public sealed record TaskDescription
{
    /// <summary>Its name on the command line, such as "PegInsert3".</summary>
    public required string Name { get; init; }

    /// <summary>One line of what is to be done.</summary>
    public required string Summary { get; init; }

    /// <summary>MJCF of robot and scene: a file of models or models/tasks, embedded here.</summary>
    public required string ModelFile { get; init; }

    /// <summary>Time between two actions, s.</summary>
    public required double PeriodSeconds { get; init; }

    /// <summary>Steps of the model in a period.</summary>
    public required int SubstepCount { get; init; }

    /// <summary>Actions after which an episode times out.</summary>
    public required int EpisodeSteps { get; init; }

    /// <summary>
    /// Joints of the robot in the order of every [dof] span. The model's actuator of the same name
    /// takes the joint's goal.
    /// </summary>
    public required IReadOnlyList<string> Joints { get; init; }

    /// <summary>
    /// Joints of the scene's objects in the order of every [object] span: slides and hinges, which
    /// a person (or the simulator) sets at a reset.
    /// </summary>
    public required IReadOnlyList<string> ObjectJoints { get; init; }

    /// <summary>Names of the numbers that describe a start. Shape [start].</summary>
    public required IReadOnlyList<TaskChannel> Start { get; init; }

    /// <summary>What a policy sees, in order. Raw is recorded; scaling is for nets.</summary>
    public required IReadOnlyList<TaskChannel> Observation { get; init; }

    /// <summary>What a policy says, in order.</summary>
    public required IReadOnlyList<TaskChannel> Action { get; init; }

    /// <summary>
    /// Largest distance of a joint's goal from where it is, rad or m: what limits the force of a
    /// contact. Shape [dof].
    /// </summary>
    public required IReadOnlyList<double> GoalLeash { get; init; }

    /// <summary>The text of <see cref="ModelFile"/>, with what it includes in place.</summary>
    public string ReadModel() => EmbeddedModel.Read(ModelFile);
}
