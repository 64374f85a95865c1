namespace HilRig.Tasks;

/// <summary>Shows one episode of a task, with a person's imperfections.</summary>
public interface IDemonstrator
{
    /// <summary>Says what to do next.</summary>
    /// <param name="state">The scene.</param>
    /// <param name="action">Receives the action, each in [−1, 1]. Shape [action].</param>
    void Act(in TaskState state, Span<float> action);
}
