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
    private readonly EpisodeLogStore _store = new(log, time);

    /// <inheritdoc/>
    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _store.Count;
            }
        }
    }

    /// <inheritdoc/>
    public EpisodeVerdict? VerdictOf(long index)
    {
        lock (_gate)
        {
            return _store.VerdictOf(index);
        }
    }

    /// <inheritdoc/>
    public long Append(Episode episode)
    {
        lock (_gate)
        {
            return _store.Append(episode);
        }
    }

    /// <inheritdoc/>
    public void Amend(
        long index, EpisodeVerdict verdict, VerdictSource source, string by, string why)
    {
        lock (_gate)
        {
            _store.Amend(index, verdict, source, by, why);
        }
    }

    /// <summary>Takes verdicts that `hilrig episodes relabel` left beside the log.</summary>
    public IReadOnlyList<VerdictAmendment> TakePending()
    {
        lock (_gate)
        {
            return _store.TakePending();
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
