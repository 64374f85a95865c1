using HilRig.Core.Episodes;

namespace HilRig.Rig.Learning;

/// <summary>Counts of an episode's steps by what the choice of its policy came to.</summary>
/// <param name="ActorSteps">Proposed by the actor.</param>
/// <param name="Capped">Cut to the largest distance from the imitation.</param>
/// <param name="Locked">With a part given to the imitation.</param>
/// <param name="CriticsDisagreed">Given to the imitation: critics apart.</param>
/// <param name="ValueOutOfRange">Given to the imitation: a value out of range.</param>
internal readonly record struct TalliedSelection(
    int ActorSteps, int Capped, int Locked, int CriticsDisagreed, int ValueOutOfRange)
{
    /// <summary>Counts.</summary>
    /// <param name="episode">The episode.</param>
    public static TalliedSelection Of(Episode episode)
    {
        int Count(StepFlags flag) => episode.Flags.Count(flags => flags.HasFlag(flag));
        return new TalliedSelection(
            episode.Proposers.Count(proposer => proposer == Proposer.Reinforcement),
            Count(StepFlags.Capped),
            Count(StepFlags.Locked),
            Count(StepFlags.CriticsDisagreed),
            Count(StepFlags.ValueOutOfRange));
    }
}
