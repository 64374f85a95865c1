using HilRig.Core.Episodes;
using HilRig.Recording.Episodes;
using HilRig.Tasks;

namespace HilRig.Harness.Episodes;

/// <summary>
/// Stores episodes in a log of <see cref="HilRig.Recording.Episodes"/>. One thread at a time.
/// </summary>
public sealed class EpisodeLogStore : IEpisodeStore
{
    private readonly EpisodeLog _log;
    private readonly TimeProvider _time;
    private readonly List<EpisodeVerdict> _verdicts;

    /// <summary>Makes a store of a log that is open for writing.</summary>
    /// <param name="log">The log; whoever opened it disposes of it.</param>
    /// <param name="time">Dates verdicts; null: the system's clock.</param>
    public EpisodeLogStore(EpisodeLog log, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        _log = log;
        _time = time ?? TimeProvider.System;
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
            Guid.NewGuid(), index, verdict, source, by, why, _time.GetUtcNow()));
        _verdicts[(int)index] = verdict;
    }

    /// <summary>Takes verdicts that `hilrig episodes relabel` left beside the log.</summary>
    /// <returns>Those that were new.</returns>
    /// <exception cref="Core.Errors.RecordingException">They cannot be stored.</exception>
    public IReadOnlyList<VerdictAmendment> TakePending()
    {
        IReadOnlyList<VerdictAmendment> taken = _log.TakePending();
        foreach (VerdictAmendment amendment in taken)
        {
            _verdicts[(int)amendment.EpisodeIndex] = amendment.Verdict;
        }

        return taken;
    }

    private static EpisodeChannel ChannelOf(TaskChannel channel) =>
        new(channel.Name, channel.Unit, channel.Offset, channel.Scale);
}
