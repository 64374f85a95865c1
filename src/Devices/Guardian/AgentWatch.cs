using HilRig.Core.Joints;
using HilRig.Core.RealTime;

namespace HilRig.Devices.Guardian;

/// <summary>
/// The agent that a guardian guards: the process that beats on the page since the guardian began.
/// What a page says from before is not believed: the process it names may be another one by now,
/// and nobody may end that.
/// </summary>
internal sealed class AgentWatch(HeartbeatPage page, GuardianOptions options, long beganNanoseconds)
    : IDisposable
{
    private readonly long _firstSeenBeat = page.AgentBeatNanoseconds;
    private ProcessWatch? _named;
    private long _lastBeat;
    private int _sameBeatLooks;
    private long _loopEndedSince;

    /// <summary>The process; null until the agent has beaten.</summary>
    public ProcessWatch? Process { get; private set; }

    /// <summary>Looks for an agent that has beaten since the guardian began.</summary>
    /// <returns>Whether one has been found, now or before.</returns>
    public bool TryFind()
    {
        // The agent writes its start, its id, then its beat; so the beat is read first. It must
        // have changed too: after a reboot the clock begins anew, and an old beat looks young.
        long beat = page.AgentBeatNanoseconds;
        if (Process is null && beat > beganNanoseconds && beat != _firstSeenBeat)
        {
            Process = new ProcessWatch(page.AgentProcessId, page.AgentStartTicks);
        }

        return Process is not null;
    }

    /// <summary>
    /// Whether the page names a process that has ended without a beat since the guardian began.
    /// </summary>
    public bool IsGoneUnseen()
    {
        long processId = page.AgentProcessId;
        if (processId == 0)
        {
            return false;
        }

        if (_named?.ProcessId != processId)
        {
            _named?.Dispose();
            _named = new ProcessWatch(processId, page.AgentStartTicks);
        }

        // It may have begun to beat and ended between the two looks.
        return _named.HasExited && !TryFind();
    }

    /// <summary>Whether the loop should beat and has not for too long. Call once a look.</summary>
    /// <param name="now">Now, CLOCK_MONOTONIC ns.</param>
    public bool IsHung(long now)
    {
        long beat = page.AgentBeatNanoseconds;
        TimeSpan patience = page.AgentHealth == PlantHealth.Armed
            ? options.HeartbeatTimeout
            : options.DisarmedHeartbeatTimeout;
        bool isOld = !HasLoopEnded && now - beat > MonotonicClock.Nanoseconds(patience);
        _sameBeatLooks = beat == _lastBeat ? _sameBeatLooks + 1 : 0;
        _lastBeat = beat;
        return isOld && _sameBeatLooks >= options.HungLookCount;
    }

    /// <summary>
    /// Whether the loop ended without having left the rig safe, and the process has not followed
    /// in time. Call once a look.
    /// </summary>
    /// <param name="now">Now, CLOCK_MONOTONIC ns.</param>
    public bool IsOverdue(long now)
    {
        if (page.AgentEnded || !page.AgentLoopEnded)
        {
            _loopEndedSince = 0;
            return false;
        }

        _loopEndedSince = _loopEndedSince == 0 ? now : _loopEndedSince;
        return now - _loopEndedSince > MonotonicClock.Nanoseconds(options.AgentExitTimeout);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _named?.Dispose();
        Process?.Dispose();
    }

    private bool HasLoopEnded => page.AgentEnded || page.AgentLoopEnded;
}
