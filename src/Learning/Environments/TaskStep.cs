using HilRig.Core.Episodes;
using HilRig.Tasks;

namespace HilRig.Learning.Environments;

/// <summary>What a step of an episode led to.</summary>
/// <param name="Outcome">What the task's rule says.</param>
/// <param name="TimedOut">Whether the time is over and the rule says nothing.</param>
public readonly record struct TaskStep(TaskOutcome Outcome, bool TimedOut)
{
    /// <summary>Whether the episode is over.</summary>
    public bool IsOver => TimedOut || Outcome != TaskOutcome.Running;

    /// <summary>How an episode that is over ended.</summary>
    public EpisodeEnd End => Outcome switch
    {
        TaskOutcome.Success => EpisodeEnd.SuccessRule,
        TaskOutcome.Failure => EpisodeEnd.FailureRule,
        TaskOutcome.Running => EpisodeEnd.TimedOut,
    };

    /// <summary>What an episode that is over counts as.</summary>
    public EpisodeVerdict Verdict =>
        Outcome == TaskOutcome.Success ? EpisodeVerdict.Success : EpisodeVerdict.Failure;
}
