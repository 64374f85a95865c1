using HilRig.Core.Episodes;
using HilRig.Recording.Episodes;
using HilRig.Tasks;

namespace HilRig.Harness.Episodes;

/// <summary>Stores episodes in a log of <see cref="HilRig.Recording.Episodes"/>.</summary>
public sealed class EpisodeLogStore : IEpisodeStore
{
    private readonly EpisodeLog _log;
    private readonly List<EpisodeVerdict> _verdicts;

    /// <summary>Makes a store of a log that is open for writing.</summary>
    /// <param name="log">The log; whoever opened it disposes of it.</param>
    public EpisodeLogStore(EpisodeLog log)
    {
        ArgumentNullException.ThrowIfNull(log);
        _log = log;
        _verdicts = [.. EpisodeLog.Read(log.Path).Episodes
            .Select(logged => logged.Episode.Verdict)];
    }

    /// <summary>What a log of a task's episodes says of itself.</summary>
    /// <param name="task">The task.</param>
    public static EpisodeLogHeader HeaderOf(TaskDescription task)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new EpisodeLogHeader
        {
            Task = task.Name,
            PeriodSeconds = task.PeriodSeconds,
            Observation = [.. task.Observation.Select(ChannelOf)],
            Action = [.. task.Action.Select(ChannelOf)],
        };
    }

    /// <inheritdoc/>
    public long Count => _verdicts.Count;

    /// <inheritdoc/>
    public EpisodeVerdict? VerdictOf(long index) =>
        index >= 0 && index < _verdicts.Count ? _verdicts[(int)index] : null;

    /// <inheritdoc/>
    public long Append(Episode episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        long index = _log.Append(episode);
        _verdicts.Add(episode.Verdict);
        return index;
    }

    /// <inheritdoc/>
    public void Amend(
        long index, EpisodeVerdict verdict, VerdictSource source, string by, string why)
    {
        _log.Amend(new VerdictAmendment(
            Guid.NewGuid(), index, verdict, source, by, why, DateTimeOffset.UtcNow));
        _verdicts[(int)index] = verdict;
    }

    private static EpisodeChannel ChannelOf(TaskChannel channel) =>
        new(channel.Name, channel.Unit, channel.Offset, channel.Scale);
}
