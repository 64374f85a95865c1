using HilRig.Bridge.Learner;

namespace HilRig.Rig.Learning;

/// <summary>
/// The learner's process, as a programme sees it. One thread; nothing blocks for long.
/// </summary>
internal interface ILearnerDesk
{
    /// <summary>Whether it has fallen so far behind the rig that the rig should wait.</summary>
    bool IsBehind { get; }

    /// <summary>Whether work of episodes that are stored is still to be done.</summary>
    /// <param name="learningSteps">Steps of these episodes.</param>
    bool Owes(long learningSteps);

    /// <summary>Looks after the process: starts it again when it has died.</summary>
    /// <exception cref="Core.Errors.RigException">It cannot be kept alive.</exception>
    void Attend();

    /// <summary>Fetches a policy that is newer than one.</summary>
    /// <param name="known">Number of the newest that is known.</param>
    /// <returns>Null when there is none, or it did not come in time.</returns>
    LearnerPolicy? TryTakePolicy(long known);

    /// <summary>Is told that an episode of learning is stored.</summary>
    /// <param name="count">Number of them now.</param>
    void EpisodeStored(int count);
}
