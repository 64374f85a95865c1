using HilRig.Core.Joints;
using HilRig.Core.Rigs;
using HilRig.Devices.Virtual.Stops;
using HilRig.Harness.Results;

namespace HilRig.Rig.Stops;

/// <summary>Measures how soon a virtual rig stopped, from its emulator's events.</summary>
public static class StopMeter
{
    private const double NanosecondsPerMillisecond = 1e6;
    private const double HoldShare = 0.9;
    private const long LongestNanoseconds = 2_000_000_000;

    /// <summary>Measures the stop of a run whose processes have ended.</summary>
    /// <param name="facts">What agent and guardian wrote.</param>
    /// <param name="rig">The rig.</param>
    /// <param name="eventsPath">The emulator's events file.</param>
    /// <param name="faultNanoseconds">
    /// When the fault that caused the stop was injected, CLOCK_MONOTONIC ns; null when none is
    /// known: then the last sign of life counts, or the decision.
    /// </param>
    /// <returns>
    /// Null when nobody stopped the rig; without times where the emulator left no events.
    /// </returns>
    public static StopReport? Measure(
        StopFacts facts, RigDescription rig, string eventsPath, long? faultNanoseconds)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(rig);
        if (facts.Cause == StopReason.None)
        {
            return null;
        }

        (long cause, StopCauseSource from) = faultNanoseconds is { } injected
            ? (injected, StopCauseSource.Fault)
            : CauseOf(facts, rig);
        var report = new StopReport
        {
            Cause = facts.Cause,
            By = facts.IsByGuardian ? StopActor.Guardian : StopActor.Agent,
            Acknowledged = facts.IsAcknowledged,
            CauseNanoseconds = cause,
            CauseFrom = from,
            DecidedAfterMilliseconds = After(facts.DecidedNanoseconds, cause),
        };
        if (!File.Exists(eventsPath))
        {
            return report;
        }

        StopStamps stamps = StopStamps.Find(
            EventLogReader.Read(eventsPath), ServosOf(rig), cause, HoldNanoseconds(rig));
        return report with
        {
            WrittenAfterMilliseconds = After(stamps.WrittenNanoseconds, cause),
            StoppedAfterMilliseconds = After(stamps.StoppedNanoseconds, cause),
            TorqueOffAfterMilliseconds = After(stamps.TorqueOffNanoseconds, cause),
        };
    }

    /// <summary>Bus ids of a rig's servos.</summary>
    /// <param name="rig">The rig; an emulated one has a single bus.</param>
    public static IReadOnlyList<byte> ServosOf(RigDescription rig)
    {
        ArgumentNullException.ThrowIfNull(rig);
        return [.. rig.Joints.SelectMany(joint => joint.Actuators).Select(servo => servo.Id)];
    }

    // The hold counts from the pose that was read before the stop write, so the lowering may begin
    // a little sooner after the write. A rig that is not lowered stays as it is; what it does after
    // two seconds is no stop.
    private static long HoldNanoseconds(RigDescription rig) => rig.SafePosture.Policy switch
    {
        SafePosturePolicy.HoldThenLower => (long)(rig.SafePosture.HoldSeconds * HoldShare * 1e9),
        SafePosturePolicy.Hold or SafePosturePolicy.TorqueOff => LongestNanoseconds,
    };

    private static (long Nanoseconds, StopCauseSource From) CauseOf(
        StopFacts facts, RigDescription rig) => facts.Cause switch
        {
            StopReason.AgentDied => (facts.AgentBeatNanoseconds, StopCauseSource.LastHeartbeat),
            StopReason.Unguarded =>
                (facts.GuardianBeatNanoseconds, StopCauseSource.LastHeartbeat),
            StopReason.DeadmanExpired => (
                facts.DecidedNanoseconds - (long)(rig.DeadmanSeconds * 1e9),
                StopCauseSource.LastCommand),
            _ => (facts.DecidedNanoseconds, StopCauseSource.Detection),
        };

    private static double? After(long? nanoseconds, long cause) =>
        nanoseconds is { } instant ? (instant - cause) / NanosecondsPerMillisecond : null;
}
