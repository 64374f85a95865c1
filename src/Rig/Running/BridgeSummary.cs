using HilRig.Bridge.Host;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;
using HilRig.Core.Time;
using HilRig.Harness.Results;

namespace HilRig.Rig.Running;

/// <summary>What a plant's link has counted, for the run's result.</summary>
internal static class BridgeSummary
{
    private const double NanosecondsPerMicrosecond = 1e3;
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>Reads the counters of a plant.</summary>
    /// <param name="plant">The plant; may be disposed.</param>
    public static BridgeReport Of(RemotePlant plant)
    {
        LinkCounters counters = plant.Counters;
        IReadOnlyList<long> verdicts = plant.Verdicts;

        // What was sent and never judged was overwritten on its way, or is still on it.
        long judged = verdicts.Sum() - verdicts[(int)CommandVerdict.ForeignSession]
            - verdicts[(int)CommandVerdict.NotOwner];
        long overwritten = Math.Max(0, counters.CommandsSent - judged);
        return new BridgeReport
        {
            Address = plant.Endpoint,
            Commands = Topic(
                counters.CommandsSent,
                counters.CommandsSuperseded + overwritten,
                counters.CommandsExpired,
                0,
                plant.CommandAge),
            States = Topic(
                counters.StatesReceived, counters.StatesSkipped, 0, counters.StatesDropped,
                plant.StateAge),
            Events = Topic(
                counters.RequestsPosted, counters.RequestsSuperseded, 0, 0, default),
            Verdicts = Enum.GetValues<CommandVerdict>().ToDictionary(
                verdict => verdict.ToString(), verdict => verdicts[(int)verdict]),
            Malformed = counters.MalformedMessages,
            Clock = Clock(plant.Clock.Estimate),
        };
    }

    private static ClockReport? Clock(ClockEstimate? estimate)
    {
        if (estimate is null)
        {
            return null;
        }

        long now = MonotonicClock.NowNanoseconds;
        return new ClockReport
        {
            OffsetMicroseconds = estimate.OffsetAt(now) / NanosecondsPerMicrosecond,
            UncertaintyMicroseconds = estimate.UncertaintyAt(now) / NanosecondsPerMicrosecond,
            SkewPartsPerMillion = estimate.SkewPartsPerMillion,
            MinimumRoundTripMicroseconds =
                estimate.MinimumRoundTripNanoseconds / NanosecondsPerMicrosecond,
        };
    }

    private static TopicReport Topic(
        long passed, long superseded, long expired, long dropped, AgeFigures age) => new(
            passed,
            superseded,
            expired,
            dropped,
            Milliseconds(age, age.P50Nanoseconds),
            Milliseconds(age, age.P99Nanoseconds),
            Milliseconds(age, age.MaxNanoseconds));

    private static double? Milliseconds(AgeFigures age, long nanoseconds) =>
        age.Count == 0 ? null : nanoseconds / NanosecondsPerMillisecond;
}
