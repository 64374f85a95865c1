using HilRig.Tasks;

namespace HilRig.Harness.Episodes.RealTime;

/// <summary>
/// What acts in an episode: a learnt policy, a scripted demonstrator. Prepared before the episode;
/// in it, it runs on the loop's thread: nothing throws, allocates or blocks.
/// </summary>
public interface IEpisodePolicy
{
    /// <summary>
    /// Forgets the last episode (stacked observations). Called once before each, on the loop's
    /// thread.
    /// </summary>
    void Begin();

    /// <summary>Says what to do next.</summary>
    /// <param name="state">The scene, for scripts.</param>
    /// <param name="observation">The task's raw observation, for nets. Shape [observation].</param>
    /// <param name="action">Receives the action, each in [−1, 1]. Shape [action].</param>
    PolicyAnswer Act(in TaskState state, ReadOnlySpan<float> observation, Span<float> action);
}
