using HilRig.Core.Joints;
using HilRig.Core.RealTime;

namespace HilRig.Devices.Guardian;

/// <summary>
/// Keeps the rig's latch file: writes the stops of agent and guardian, the first reason of each for
/// good, and clears the file when the agent has been re-armed by hand. So the agent's real-time
/// thread never touches a file. A file that cannot be written is tried again at every look, and
/// keeps nobody from being held.
/// </summary>
internal sealed class LatchKeeper(RigLatch latch, HeartbeatPage page, GuardianLog log)
{
    private LatchedStop? _stop = latch.Read();
    private bool _isSaved = true;
    private bool _hasFailed;
    private bool _wasStopped;
    private bool _isAcknowledged;

    /// <summary>Writes a file such as the latch and deletes it: loads what that needs.</summary>
    public void Rehearse()
    {
        try
        {
            latch.Rehearse();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            log.Write(0, "rehearsal", "the latch cannot be written: " + error.Message);
        }
    }

    /// <summary>Looks at the page once, and saves what has not been saved yet.</summary>
    /// <param name="nowNanoseconds">Now, CLOCK_MONOTONIC ns.</param>
    public void Look(long nowNanoseconds)
    {
        bool isStopped = page.AgentHealth is PlantHealth.Stopped or PlantHealth.Faulted;
        bool isAcknowledged = page.AgentStopAcknowledged;
        if (isStopped && (!_wasStopped || isAcknowledged != _isAcknowledged))
        {
            NoteStop(page.AgentStopReason, isAcknowledged, nowNanoseconds);
        }
        else if (_wasStopped && !isStopped && _stop is not null)
        {
            Keep(null);
            log.Write(nowNanoseconds, "rearm", "the agent was re-armed; no stop is latched now");
        }

        _wasStopped = isStopped;
        _isAcknowledged = isAcknowledged;
        Save(nowNanoseconds);
    }

    /// <summary>
    /// Latches what the guardian does; the caller saves it. A stop that is latched already keeps
    /// its reason and its time: what came first is what a person has to look for.
    /// </summary>
    /// <param name="reason">Why the guardian acts.</param>
    /// <param name="detail">What happened, for people; added to what the latch says.</param>
    public void NoteTakeover(StopReason reason, string detail) => Keep(_stop is null
        ? new LatchedStop(
            reason, TimeProvider.System.GetUtcNow(), Acknowledged: false, detail)
        : _stop with { Acknowledged = false, Detail = Joined(_stop.Detail, detail) });

    /// <summary>Adds that every servo has confirmed the posture of the guardian.</summary>
    /// <param name="nowNanoseconds">Now, CLOCK_MONOTONIC ns.</param>
    public void NoteConfirmed(long nowNanoseconds)
    {
        Keep(_stop! with { Acknowledged = true });
        Save(nowNanoseconds);
    }

    /// <summary>Adds a remark to the latched stop.</summary>
    /// <param name="remark">What happened, for people.</param>
    /// <param name="nowNanoseconds">Now, CLOCK_MONOTONIC ns.</param>
    public void Append(string remark, long nowNanoseconds)
    {
        Keep(_stop! with { Detail = Joined(_stop.Detail, remark) });
        Save(nowNanoseconds);
    }

    /// <summary>Brings the file up to date, if it is not.</summary>
    /// <param name="nowNanoseconds">Now, CLOCK_MONOTONIC ns.</param>
    public void Save(long nowNanoseconds)
    {
        if (_isSaved)
        {
            return;
        }

        try
        {
            if (_stop is null)
            {
                latch.Clear();
            }
            else
            {
                latch.Write(_stop);
            }

            _isSaved = true;
            _hasFailed = false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A full disk must not keep the arm from being held. Said once, tried at every look.
            if (!_hasFailed)
            {
                log.Write(nowNanoseconds, "fault",
                    "the latch cannot be kept, and is tried again: " + error.Message);
            }

            _hasFailed = true;
        }
    }

    private void NoteStop(StopReason reason, bool isAcknowledged, long nowNanoseconds)
    {
        log.Write(nowNanoseconds, "stop", $"the agent stopped: {reason}, "
            + (isAcknowledged ? "posture confirmed by every servo" : "posture not confirmed yet"));

        // The end of a run is no reason to keep the next one from starting; and a stop taken over
        // from the file is in it already.
        bool isOld = _stop is not null && !_wasStopped;
        if (reason is not (StopReason.None or StopReason.Requested) && !isOld)
        {
            Keep(_stop is null
                ? new LatchedStop(
                    reason,
                    TimeProvider.System.GetUtcNow(),
                    isAcknowledged,
                    "latched by the agent")
                : _stop with { Acknowledged = isAcknowledged });
        }
    }

    private static string Joined(string first, string second) => first + "; then " + second;

    private void Keep(LatchedStop? stop)
    {
        _isSaved &= stop == _stop;
        _stop = stop;
    }
}
