using HilRig.Core.Joints;
using HilRig.Rig.Stops;

namespace HilRig.Rig.Learning.Parts;

/// <summary>Which stops an operator may be asked to clear while a run goes on.</summary>
internal static class StopRules
{
    /// <summary>
    /// Whether a run may go on after a stop: the servos confirmed the safe posture, the guardian
    /// was there to the end or ended by taking over, and the cause is one that passes (a servo's
    /// protection, silence on a bus, a process that was not scheduled). A command outside the
    /// limits is a bug and ends the run.
    /// </summary>
    /// <param name="stop">What agent and guardian said of it; null: nothing.</param>
    /// <param name="isPersonThere">
    /// Whether a person is at the rig, who alone can release an emergency stop.
    /// </param>
    internal static bool MayGoOn(StopFacts? stop, bool isPersonThere) =>
        stop is { IsAcknowledged: true }
        && (!stop.HasGuardianDied || stop.IsGuardianAcknowledged)
        && stop.Cause switch
        {
            StopReason.ServoError or StopReason.ServoLost or StopReason.BusLost
                or StopReason.DeadmanExpired or StopReason.AgentDied
                or StopReason.Unguarded => true,
            StopReason.EmergencyStop => isPersonThere,
            StopReason.None or StopReason.Requested or StopReason.IllegalCommand
                or StopReason.HostDied => false,
        };
}
