using HdrHistogram;
using HilRig.Core.Telemetry;
using HilRig.Core.Time;
using HilRig.Harness.Results;

namespace HilRig.Harness.Measurements;

/// <summary>
/// Latency of each hop over measured ticks, in HDR histograms (ns, three digits). Measured from the
/// planned instant, so a late loop shows as latency (no coordinated omission), and never corrected
/// a second time by an expected interval.
/// </summary>
/// <remarks>
/// Source of the rule: HdrHistogram issues 140 and 148 (record end minus intended start when there
/// is a plan). A skipped tick counts the time until the next tick's end; an unanswered one the time
/// until the next answer.
/// </remarks>
internal sealed class LatencyMeter
{
    private const long HighestNanoseconds = 3_600_000_000_000;
    private const int SignificantDigits = 3;
    private readonly Dictionary<string, LongHistogram> _fromPlanned = NewHistograms();
    private readonly Dictionary<string, LongHistogram> _stages = NewHistograms();
    private readonly List<long> _waiting = [];

    /// <summary>Planned instant to the end of each hop, by <see cref="LatencyKeys"/>, ns.</summary>
    internal IReadOnlyDictionary<string, LongHistogram> Histograms => _fromPlanned;

    /// <summary>Takes one measured tick.</summary>
    internal void Observe(TickRecord record)
    {
        HopStamps at = record.Stamps;
        long period = record.Tick.PeriodNanoseconds;
        for (int skipped = record.Tick.MissedCount; skipped > 0; skipped--)
        {
            long planned = at.Planned - (skipped * period);
            Add(_fromPlanned, LatencyKeys.Wake, planned, at.Woke);
            _waiting.Add(planned);
        }

        _waiting.Add(at.Planned);
        Hop(LatencyKeys.Wake, at.Planned, at.Planned, at.Woke);
        Hop(LatencyKeys.StateRead, at.Planned, at.Woke, at.StateRead);
        Hop(LatencyKeys.Policy, at.Planned, at.StateRead, at.ControllerDone);
        Hop(LatencyKeys.CommandSend, at.Planned, at.ControllerDone, at.CommandSent);
        Hop(LatencyKeys.TwinStep, at.Planned, at.CommandSent, at.TwinStepped);
        if (record.Answered)
        {
            // The agent may have the command before the sender's own stamp is taken.
            Hop(LatencyKeys.AgentReceive, at.Planned, at.CommandSent, at.AgentReceived);
            Hop(LatencyKeys.BusWrite, at.Planned, at.AgentReceived, at.BusWriteEnd);
            Hop(LatencyKeys.BusReply, at.Planned, at.BusWriteEnd, at.BusReply);
            Hop(LatencyKeys.StateReceive, at.Planned, at.BusReply, at.StateReceived);
            foreach (long planned in _waiting)
            {
                Add(_fromPlanned, LatencyKeys.EndToEnd, planned, at.StateReceived);
                Add(_stages, LatencyKeys.EndToEnd, planned, at.StateReceived);
            }

            _waiting.Clear();
        }

        long done = Math.Max(Math.Max(at.CommandSent, at.TwinStepped), at.StateReceived);
        Hop(LatencyKeys.Record, at.Planned, done, at.Recorded);
    }

    /// <summary>Ends the measurement: ticks that were never answered count up to now.</summary>
    /// <param name="nowNanoseconds">End of the run, CLOCK_MONOTONIC ns.</param>
    internal void Finish(long nowNanoseconds)
    {
        foreach (long planned in _waiting)
        {
            Add(_fromPlanned, LatencyKeys.EndToEnd, planned, nowNanoseconds);
            Add(_stages, LatencyKeys.EndToEnd, planned, nowNanoseconds);
        }

        _waiting.Clear();
    }

    /// <summary>Planned instant to the end of each hop, by <see cref="LatencyKeys"/>.</summary>
    internal IReadOnlyDictionary<string, LatencyFigure> Figures() => FiguresOf(_fromPlanned);

    /// <summary>What each hop takes by itself, by <see cref="LatencyKeys"/>.</summary>
    internal IReadOnlyDictionary<string, LatencyFigure> StageFigures() => FiguresOf(_stages);

    private static Dictionary<string, LongHistogram> NewHistograms() =>
        LatencyKeys.All.ToDictionary(
            key => key, _ => new LongHistogram(HighestNanoseconds, SignificantDigits));

    private static Dictionary<string, LatencyFigure> FiguresOf(
        Dictionary<string, LongHistogram> histograms) =>
        LatencyKeys.All.ToDictionary(key => key, key => FigureOf(histograms[key]));

    private static LatencyFigure FigureOf(LongHistogram histogram)
    {
        long count = histogram.TotalCount;
        return new LatencyFigure
        {
            Count = count,
            P50Microseconds = Percentile(histogram, count, 50),
            P90Microseconds = Percentile(histogram, count, 90),
            P99Microseconds = Percentile(histogram, count, 99),
            P999Microseconds = Percentile(histogram, count, 99.9),
            MaxMicroseconds = count > 0 ? histogram.GetMaxValue() / 1e3 : null,
        };
    }

    private static double? Percentile(LongHistogram histogram, long count, double percentile) =>
        count >= LatencyFigure.SamplesNeeded(percentile)
            ? histogram.GetValueAtPercentile(percentile) / 1e3
            : null;

    private void Hop(string key, long planned, long from, long to)
    {
        Add(_fromPlanned, key, planned, to);
        Add(_stages, key, from, to);
    }

    private static void Add(
        Dictionary<string, LongHistogram> histograms, string key, long from, long to)
    {
        if (from != 0 && to != 0)
        {
            histograms[key].RecordValue(Math.Clamp(to - from, 0, HighestNanoseconds));
        }
    }
}
