namespace HilRig.Tasks;

/// <summary>
/// A manipulation task. Knows neither simulator nor rig, has no state of its own, and runs on the
/// loop's thread: nothing here throws or allocates, but <see cref="CreateDemonstrator"/>.
/// </summary>
public interface IRobotTask
{
    /// <summary>What it is.</summary>
    TaskDescription Description { get; }

    /// <summary>
    /// Draws a start: stratified, so that each run of 2ⁿ starts covers the range evenly. The same
    /// seed and index give the same start everywhere.
    /// </summary>
    /// <param name="seed">Seed of the list.</param>
    /// <param name="index">Index in the list.</param>
    /// <param name="start">Receives it. Shape [start].</param>
    void DrawStart(ulong seed, long index, Span<double> start);

    /// <summary>Where robot and objects are at a start.</summary>
    /// <param name="start">The start. Shape [start].</param>
    /// <param name="position">Receives the robot's pose. Shape [dof].</param>
    /// <param name="objects">Receives the objects' places. Shape [object].</param>
    void Place(ReadOnlySpan<double> start, Span<double> position, Span<double> objects);

    /// <summary>What a policy sees: raw values in the units of the channels.</summary>
    /// <param name="state">The scene.</param>
    /// <param name="observation">Receives it. Shape [observation].</param>
    void Observe(in TaskState state, Span<float> observation);

    /// <summary>Turns an action into goals of the joints.</summary>
    /// <param name="state">The scene.</param>
    /// <param name="action">Each in [−1, 1]. Shape [action].</param>
    /// <param name="goal">Receives the goals, rad or m. Shape [dof].</param>
    void Act(in TaskState state, ReadOnlySpan<float> action, Span<double> goal);

    /// <summary>Whether the episode is over by the task's rule.</summary>
    /// <param name="state">The scene after a period.</param>
    TaskOutcome Judge(in TaskState state);

    /// <summary>Makes a scripted demonstrator of one episode.</summary>
    /// <param name="seed">Seed of its imperfections.</param>
    /// <param name="index">Index of the episode.</param>
    IDemonstrator CreateDemonstrator(ulong seed, long index);
}
