using HilRig.Core.Episodes;
using HilRig.Harness.Episodes.Notices;

namespace HilRig.Cli.Learning;

/// <summary>One line for each episode, and what is out of the ordinary: an unattended session.
/// </summary>
/// <param name="output">Takes the lines.</param>
internal sealed class EpisodeLines(TextWriter output) : ISessionView
{
    /// <inheritdoc/>
    public void Show(SessionNotice notice)
    {
        switch (notice)
        {
            case EpisodeEnded ended:
                output.WriteLine(Line(ended));
                break;
            case Remark or SessionEnded or RigStopped:
                output.WriteLine($"  {notice.Kind}: {notice.Text}");
                break;
        }
    }

    private static string Line(EpisodeEnded ended)
    {
        Episode episode = ended.Episode;
        int actor = episode.Proposers.Count(proposer => proposer == Proposer.Reinforcement);
        return FormattableString.Invariant(
            $"episode {ended.Index,4}  {episode.Purpose,-13}  {episode.Verdict,-9}  ")
            + FormattableString.Invariant(
                $"{episode.StepCount,3} steps, {100 * actor / episode.StepCount,3} % actor, ")
            + FormattableString.Invariant($"reset {episode.Reset.ResetSeconds:0.0} s");
    }
}
