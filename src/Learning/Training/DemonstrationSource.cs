using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Learning.Environments;
using HilRig.Recording.Episodes;
using HilRig.Tasks;

namespace HilRig.Learning.Training;

/// <summary>
/// Fills a run's log of demonstrations: from a file, or by the task's script in simulation.
/// </summary>
internal static class DemonstrationSource
{
    /// <summary>Brings the log to the number that the run wants, and reads it.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="task">The task.</param>
    /// <param name="file">Log to take them from; null: the script shows.</param>
    /// <returns>All demonstrations, with the newest verdicts.</returns>
    /// <exception cref="RigException">
    /// They are of another task, size or period, too few, or damaged.
    /// </exception>
    public static IReadOnlyList<LoggedEpisode> Fill(
        RunFolder folder, IRobotTask task, string? file)
    {
        int wanted = folder.Options.Demonstrations;
        EpisodeLogHeader header = LogHeader.Of(task.Description);
        using EpisodeLog log = EpisodeLog.Open(folder.Demonstrations, header);
        log.TakePending();
        if (log.Count < wanted)
        {
            IReadOnlyList<Episode> episodes = file is null
                ? DemonstrationRecorder.Record(
                    task, RunSeed.Of(folder.Options.Seed, RunSeed.Demonstrations), wanted)
                : ReadFile(file, header, wanted);
            for (int i = (int)log.Count; i < wanted; i++)
            {
                log.Append(episodes[i]);
            }
        }

        return EpisodeLog.Read(folder.Demonstrations).Episodes;
    }

    private static List<Episode> ReadFile(string file, EpisodeLogHeader header, int wanted)
    {
        EpisodeLogContent content = EpisodeLog.Read(file);
        content.Header.RequireSame(header, file);
        List<Episode> usable = [.. content.Episodes
            .Select(logged => logged.Episode)
            .Where(episode => episode.Verdict == EpisodeVerdict.Success)
            .Take(wanted)
            .Select(episode => episode with { Purpose = EpisodePurpose.Demonstration })];
        return usable.Count == wanted
            ? usable
            : throw new ScenarioException(
                "A file has too few successful demonstrations",
                file,
                FormattableString.Invariant($"{wanted}"),
                FormattableString.Invariant($"{usable.Count}"),
                FormattableString.Invariant($"--demos {usable.Count}, or record more"));
    }
}
