using System.Diagnostics;
using HilRig.Bridge.Host;
using HilRig.Core.Episodes;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;
using HilRig.Harness.Episodes;
using HilRig.Harness.Episodes.Notices;
using HilRig.Rig.Stops;

namespace HilRig.Rig.Learning.Parts;

/// <summary>
/// Keeps the figures of the part that runs now, and writes them after each stored episode.
/// </summary>
internal sealed class PartWatch : ISessionView
{
    private readonly PartJournal _journal;
    private readonly LearnerChild _learner;
    private readonly (int Kills, int Restarts) _learnerBefore;
    private readonly double _cpuBefore = CpuSeconds();
    private readonly long _began = Stopwatch.GetTimestamp();
    private LearnRigPart _part;

    /// <summary>Begins a part.</summary>
    /// <param name="journal">Where parts go.</param>
    /// <param name="learner">The learner's process.</param>
    /// <param name="recording">Name of the part's recording.</param>
    /// <param name="utc">When.</param>
    internal PartWatch(
        PartJournal journal, LearnerChild learner, string recording, DateTimeOffset utc)
    {
        _journal = journal;
        _learner = learner;
        _learnerBefore = (learner.KillCount, learner.RestartCount);
        _part = new LearnRigPart
        {
            Number = journal.NextNumber,
            BeganUtc = utc,
            Recording = recording,
        };
        journal.Write(_part);
    }

    /// <summary>The rig, once it runs: knows what became of the commands.</summary>
    internal RemotePlant? Plant { get; set; }

    /// <inheritdoc/>
    public void Show(SessionNotice notice)
    {
        if (notice is EpisodeEnded { Episode: Episode episode })
        {
            Write(Now() with
            {
                Episodes = _part.Episodes + 1,
                Steps = _part.Steps + episode.StepCount,
            });
        }
    }

    /// <summary>Takes the last figures while the rig's agent can still be asked.</summary>
    /// <param name="session">How the session ended.</param>
    internal void Note(SessionResult session) => Write(Now() with
    {
        Ticks = session.TickCount,
        MissedTicks = session.MissedTickCount,
        UnansweredTicks = session.UnansweredTickCount,
        ClippedTicks = session.ClippedTickCount,
        UnrecordedTicks = session.UnrecordedTickCount,
    });

    /// <summary>Ends the part.</summary>
    /// <param name="ending">How, in a word.</param>
    /// <param name="reason">Why.</param>
    /// <param name="stop">What agent and guardian said of the stop; null: nothing.</param>
    internal void End(string ending, string reason, StopFacts? stop)
    {
        // The end that the host asked for is no stop.
        StopReason cause = stop?.Cause ?? StopReason.None;
        Plant = null;
        Write(Now() with
        {
            Ending = ending,
            Reason = reason,
            Stop = cause == StopReason.Requested ? StopReason.None : cause,
            IsStopConfirmed = stop?.IsAcknowledged ?? false,
        });
    }

    /// <summary>Notes that the operator cleared the stop.</summary>
    internal void NoteRearm() => Write(_part with { IsRearmed = true });

    private LearnRigPart Now()
    {
        IReadOnlyList<long>? verdicts = Plant?.Verdicts;
        return _part with
        {
            LimitViolations = verdicts?[(int)CommandVerdict.Illegal] ?? _part.LimitViolations,
            StaleCommands = verdicts?[(int)CommandVerdict.Stale] ?? _part.StaleCommands,
            WallSeconds = Stopwatch.GetElapsedTime(_began).TotalSeconds,
            CpuSeconds = CpuSeconds() - _cpuBefore,
            LearnerKills = _learner.KillCount - _learnerBefore.Kills,
            LearnerRestarts = _learner.RestartCount - _learnerBefore.Restarts,
        };
    }

    private void Write(LearnRigPart part)
    {
        _part = part;
        _journal.Write(part);
    }

    private static double CpuSeconds() =>
        Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
}
