using System.CommandLine;
using System.Globalization;
using HilRig.Cli.Errors;
using HilRig.Core.Episodes;
using HilRig.Recording.Episodes;

namespace HilRig.Cli.Episodes;

/// <summary>`hilrig episodes list FILE`: one line an episode.</summary>
internal static class EpisodesList
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        Argument<string> file = EpisodesCommand.FileArgument();
        Option<bool> json = EpisodesCommand.JsonOption();
        var command = new Command("list", "One line an episode; works while a run goes on.")
        {
            file, json,
        };
        command.SetAction(parsed =>
        {
            List<(string Path, EpisodeLogContent Content)> logs =
            [
                .. EpisodesCommand.Resolve(parsed.GetRequiredValue(file))
                    .Select(path => (path, EpisodeLog.Read(path))),
            ];
            if (parsed.GetValue(json))
            {
                EpisodesCommand.Print(new { logs = logs.Select(Row) });
            }
            else
            {
                logs.ForEach(log => PrintText(log.Path, log.Content));
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static object Row((string Path, EpisodeLogContent Content) log) => new
    {
        path = log.Path,
        task = log.Content.Header.Task,
        periodSeconds = log.Content.Header.PeriodSeconds,
        records = log.Content.RecordCount,
        tornBytes = log.Content.TornBytes,
        pendingVerdicts = log.Content.Pending.Count,
        episodes = log.Content.Episodes.Select(one => new
        {
            index = one.Index,
            purpose = EpisodesCommand.Word(one.Episode.Purpose),
            start = one.Episode.StartIndex,
            startSeed = one.Episode.StartSeed,
            steps = one.Episode.StepCount,
            end = EpisodesCommand.Word(one.Episode.End),
            verdict = EpisodesCommand.Word(one.Episode.Verdict),
            verdictSource = EpisodesCommand.Word(one.Episode.VerdictSource),
            amendments = one.Amendments.Count,
            reinforcementShare = Share(one.Episode, Proposer.Reinforcement),
            humanShare = Share(one.Episode, Proposer.Human),
            policySha256 = one.Episode.PolicySha256,
            @operator = one.Episode.Operator,
            resetSeconds = one.Episode.Reset.ResetSeconds,
            began = one.Episode.BeganUtc,
        }),
    };

    private static void PrintText(string path, EpisodeLogContent content)
    {
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}: {content.Header.Task}, {content.Episodes.Count} episodes"));
        if (content.TornBytes > 0)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {content.TornBytes} bytes of an episode that is being written or was cut off"));
        }

        Console.Out.WriteLine(
            "     n  purpose        start steps  end           verdict         by rl  policy");
        foreach (LoggedEpisode one in content.Episodes)
        {
            Episode episode = one.Episode;
            string verdict = EpisodesCommand.Word(episode.Verdict)
                + (one.Amendments.Count > 0 ? " (corr.)" : "");
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{one.Index,6}  {EpisodesCommand.Word(episode.Purpose),-13} ")
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"{episode.StartIndex,6} {episode.StepCount,5}  ")
                + $"{EpisodesCommand.Word(episode.End),-13} {verdict,-17}"
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"{100 * Share(episode, Proposer.Reinforcement),3:0} %  ")
                + episode.PolicySha256[..Math.Min(8, episode.PolicySha256.Length)]);
        }

        int successes = content.Episodes.Count(one =>
            one.Episode.Verdict == EpisodeVerdict.Success);
        int discarded = content.Episodes.Count(one =>
            one.Episode.Verdict == EpisodeVerdict.Discarded);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {successes} successes of {content.Episodes.Count - discarded}, ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"{discarded} discarded, {content.Pending.Count} verdicts wait for the run"));
    }

    private static double Share(Episode episode, Proposer proposer) =>
        (double)episode.Proposers.Count(each => each == proposer) / episode.StepCount;
}
