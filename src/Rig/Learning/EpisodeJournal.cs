using HilRig.Bridge.Learner;
using HilRig.Core.Episodes;
using HilRig.Harness.Episodes;
using HilRig.Recording.Episodes;

namespace HilRig.Rig.Learning;

/// <summary>
/// The log of the rig's episodes: the session appends, the link to the learner reads along. Any
/// thread.
/// </summary>
/// <param name="log">The log, open for writing; whoever opened it disposes of it.</param>
/// <param name="time">Dates verdicts.</param>
internal sealed class EpisodeJournal(EpisodeLog log, TimeProvider time)
    : IEpisodeStore, ILearnerFeed
{
    private readonly Lock _gate = new();
    private readonly List<EpisodeVerdict> _verdicts =
        [.. EpisodeLog.Read(log.Path).Episodes.Select(logged => logged.Episode.Verdict)];

    /// <inheritdoc/>
    public long Count
    {
        get
        {
            lock (_gate)
            {
                return log.Count;
            }
        }
    }

    /// <inheritdoc/>
    public EpisodeVerdict? VerdictOf(long index)
    {
        lock (_gate)
        {
            return index >= 0 && index < _verdicts.Count ? _verdicts[(int)index] : null;
        }
    }

    /// <inheritdoc/>
    public long Append(Episode episode)
    {
        lock (_gate)
        {
            long index = log.Append(episode);
            _verdicts.Add(episode.Verdict);
            return index;
        }
    }

    /// <inheritdoc/>
    public void Amend(
        long index, EpisodeVerdict verdict, VerdictSource source, string by, string why)
    {
        lock (_gate)
        {
            log.Amend(new VerdictAmendment(
                Guid.NewGuid(), index, verdict, source, by, why, time.GetUtcNow()));
            _verdicts[(int)index] = verdict;
        }
    }

    /// <summary>Takes verdicts that `hilrig episodes relabel` left beside the log.</summary>
    public IReadOnlyList<VerdictAmendment> TakePending()
    {
        lock (_gate)
        {
            IReadOnlyList<VerdictAmendment> taken = log.TakePending();
            foreach (VerdictAmendment amendment in taken)
            {
                _verdicts[(int)amendment.EpisodeIndex] = amendment.Verdict;
            }

            return taken;
        }
    }

    /// <inheritdoc/>
    public long CountOf(int logNumber)
    {
        lock (_gate)
        {
            return log.RecordCount;
        }
    }

    /// <inheritdoc/>
    public LearnerRecord Read(int logNumber, long number)
    {
        lock (_gate)
        {
            byte[] payload = log.ReadRecord(number, out EpisodeRecordKind kind);
            return new LearnerRecord(logNumber, number, (byte)kind, payload);
        }
    }
}
