using HilRig.Core.Joints;
using HilRig.Core.RealTime;

namespace HilRig.Devices.Guardian;

/// <summary>
/// Writes the stops that an agent latches into the rig's latch file, and clears the file when the
/// agent has been re-armed by hand. So the agent's real-time thread never touches a file.
/// </summary>
internal sealed class LatchKeeper(RigLatch latch, HeartbeatPage page, GuardianLog log)
{
    private bool _isLatched = latch.Read() is not null;
    private bool _wasStopped;
    private bool _isAcknowledged;

    /// <summary>Looks at the page once.</summary>
    /// <param name="nowNanoseconds">Now, CLOCK_MONOTONIC ns.</param>
    public void Look(long nowNanoseconds)
    {
        bool isStopped = page.AgentHealth is PlantHealth.Stopped or PlantHealth.Faulted;
        bool isAcknowledged = page.AgentStopAcknowledged;
        if (isStopped && (!_wasStopped || isAcknowledged != _isAcknowledged))
        {
            NoteStop(page.AgentStopReason, isAcknowledged, nowNanoseconds);
        }
        else if (_wasStopped && !isStopped && _isLatched)
        {
            latch.Clear();
            _isLatched = false;
            log.Write(nowNanoseconds, "rearm", "the latched stop was cleared by a re-arm");
        }

        _wasStopped = isStopped;
        _isAcknowledged = isAcknowledged;
    }

    private void NoteStop(StopReason reason, bool isAcknowledged, long nowNanoseconds)
    {
        log.Write(nowNanoseconds, "stop", $"the agent stopped: {reason}, "
            + (isAcknowledged ? "posture confirmed by every servo" : "posture not confirmed yet"));

        // The end of a run is no reason to keep the next one from starting; and a stop taken over
        // from the file is in it already.
        bool isOld = _isLatched && !_wasStopped;
        if (reason is not (StopReason.None or StopReason.Requested) && !isOld)
        {
            latch.Write(new LatchedStop(
                reason, TimeProvider.System.GetUtcNow(), isAcknowledged, "latched by the agent"));
            _isLatched = true;
        }
    }
}
