using System.Globalization;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Text;

/// <summary>The bridge in one line a topic, for both reports.</summary>
internal static class BridgeText
{
    /// <summary>Topic and what became of it.</summary>
    public static IEnumerable<(string Topic, string Words)> Rows(BridgeReport bridge)
    {
        yield return ("lane", bridge.Address);
        yield return ("commands", Words(bridge.Commands));
        yield return ("states", Words(bridge.States));
        yield return ("events", Words(bridge.Events));
        string refused = string.Join(", ", bridge.Verdicts
            .Where(verdict => verdict.Key != "Accepted" && verdict.Value > 0)
            .Select(verdict => string.Create(
                CultureInfo.InvariantCulture, $"{verdict.Key} {verdict.Value}")));
        if (bridge.Clock is { } clock)
        {
            yield return ("agent's clock", string.Create(
                CultureInfo.InvariantCulture,
                $"{clock.OffsetMicroseconds:0.#} ± {clock.UncertaintyMicroseconds:0.#} µs, "
                    + $"skew {clock.SkewPartsPerMillion:0.##} ppm, quickest round trip "
                    + $"{clock.MinimumRoundTripMicroseconds:0.#} µs (no one-way latency below ±)"));
        }

        yield return ("refused", refused.Length == 0 ? "none" : refused);
    }

    private static string Words(TopicReport topic)
    {
        string age = topic.AgeP50Milliseconds is { } p50
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"; age p50 {p50:0.###}, p99 {topic.AgeP99Milliseconds:0.###}, "
                    + $"max {topic.AgeMaxMilliseconds:0.###} ms")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{topic.Passed} passed, {topic.Superseded} superseded, {topic.Expired} expired, "
                + $"{topic.Dropped} dropped{age}");
    }
}
