using HilRig.Bridge.Learner;
using HilRig.Recording.Episodes;

namespace HilRig.Rig.Learning;

/// <summary>
/// The logs of a session as its learner's channel reads them. Whoever appends says when a record
/// is on the disk.
/// </summary>
internal sealed class EpisodeLogFeed : ILearnerFeed, IDisposable
{
    private readonly EpisodeLogFollower[] _logs;
    private readonly long[] _counts;

    /// <summary>Opens the logs; they must exist.</summary>
    /// <param name="paths">Their files, by number.</param>
    public EpisodeLogFeed(params string[] paths)
    {
        _logs = [.. paths.Select(path => new EpisodeLogFollower(path))];
        _counts = new long[paths.Length];
    }

    /// <summary>Says how many records of a log are on the disk. Any thread.</summary>
    /// <param name="log">Which log.</param>
    /// <param name="recordCount">So many.</param>
    public void Publish(int log, long recordCount) =>
        Volatile.Write(ref _counts[log], recordCount);

    /// <inheritdoc/>
    public long CountOf(int log) => Volatile.Read(ref _counts[log]);

    /// <inheritdoc/>
    public LearnerRecord Read(int log, long number)
    {
        byte[] payload = _logs[log].Read(number, out EpisodeRecordKind kind);
        return new LearnerRecord(log, number, (byte)kind, payload);
    }

    /// <summary>Closes the logs; the link must have ended before.</summary>
    public void Dispose()
    {
        foreach (EpisodeLogFollower log in _logs)
        {
            log.Dispose();
        }
    }
}
