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
    private readonly Dictionary<string, LongHistogram> _histograms = [];
    private readonly List<long> _waiting = [];

    internal LatencyMeter()
    {
        foreach (string key in LatencyKeys.All)
        {
            _histograms[key] = new LongHistogram(HighestNanoseconds, SignificantDigits);
        }
    }

    /// <summary>Histograms by <see cref="LatencyKeys"/>, ns.</summary>
    internal IReadOnlyDictionary<string, LongHistogram> Histograms => _histograms;

    /// <summary>Takes one measured tick.</summary>
    internal void Observe(TickRecord record)
    {
        HopStamps at = record.Stamps;
        long period = record.Tick.PeriodNanoseconds;
        int missed = record.Tick.MissedCount;
        Add(LatencyKeys.Wake, at.Planned, at.Woke);
        for (int skipped = 1; skipped <= missed; skipped++)
        {
            Add(LatencyKeys.Wake, at.Planned - skipped * period, at.Woke);
            _waiting.Add(at.Planned - skipped * period);
        }

        Add(LatencyKeys.StateRead, at.Woke, at.StateRead);
        Add(LatencyKeys.Policy, at.StateRead, at.ControllerDone);
        Add(LatencyKeys.CommandSend, at.ControllerDone, at.CommandSent);
        Add(LatencyKeys.TwinStep, at.CommandSent, at.TwinStepped);
        long done = Math.Max(Math.Max(at.CommandSent, at.TwinStepped), at.StateReceived);
        Add(LatencyKeys.Record, done, at.Recorded);
        _waiting.Add(at.Planned);
        if (record.Answered)
        {
            // The agent may have the command before the sender's own stamp is taken.
            Add(LatencyKeys.AgentReceive, at.CommandSent, at.AgentReceived);
            Add(LatencyKeys.BusWrite, at.AgentReceived, at.BusWriteEnd);
            Add(LatencyKeys.BusReply, at.BusWriteEnd, at.BusReply);
            Add(LatencyKeys.StateReceive, at.BusReply, at.StateReceived);
            foreach (long planned in _waiting)
            {
                Add(LatencyKeys.EndToEnd, planned, at.StateReceived);
            }

            _waiting.Clear();
        }
    }

    /// <summary>Ends the measurement: ticks that were never answered count up to now.</summary>
    /// <param name="nowNanoseconds">End of the run, CLOCK_MONOTONIC ns.</param>
    internal void Finish(long nowNanoseconds)
    {
        foreach (long planned in _waiting)
        {
            Add(LatencyKeys.EndToEnd, planned, nowNanoseconds);
        }

        _waiting.Clear();
    }

    /// <summary>Figures by <see cref="LatencyKeys"/>.</summary>
    internal IReadOnlyDictionary<string, LatencyFigure> Figures()
    {
        var figures = new Dictionary<string, LatencyFigure>();
        foreach (string key in LatencyKeys.All)
        {
            figures[key] = FigureOf(_histograms[key]);
        }

        return figures;
    }

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

    private void Add(string key, long from, long to)
    {
        if (from != 0 && to != 0)
        {
            _histograms[key].RecordValue(Math.Clamp(to - from, 0, HighestNanoseconds));
        }
    }
}
