using HdrHistogram;
using HilRig.Harness.Reporting.Text;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Charts;

/// <summary>Latency over percentile, up to the percentile that ten samples lie above.</summary>
internal static class PercentileCurves
{
    private const int StageCount = 3;
    private const double NanosecondsPerMicrosecond = 1000;
    private const double StepNines = 0.02;

    /// <summary>End to end on top of its slowest stages; empty without enough samples.</summary>
    public static List<PlotSeries> Of(RunResult run)
    {
        var curves = new List<PlotSeries>();
        if (!run.Histograms.TryGetValue(LatencyKeys.EndToEnd, out LongHistogram? total)
            || total.TotalCount < LatencyFigure.SamplesNeeded(90))
        {
            return curves;
        }

        IEnumerable<string> stages = run.Histograms
            .Where(
                pair =>
                    pair.Key is not (
                        LatencyKeys.EndToEnd or LatencyKeys.TwinStep or LatencyKeys.Record))
            .Where(pair => pair.Value.TotalCount >= LatencyFigure.SamplesNeeded(90))
            .OrderByDescending(pair => pair.Value.GetValueAtPercentile(90))
            .Take(StageCount)
            .Select(pair => pair.Key);
        foreach (string key in stages.Reverse())
        {
            curves.Add(Curve(key, $"hop-{curves.Count}", run.Histograms[key]));
        }

        curves.Add(Curve(LatencyKeys.EndToEnd, "real", total));
        return curves;
    }

    /// <summary>
    /// Whole nines an axis for so many samples shows: 2 up to 99 %, 3 up to 99.9 %.
    /// </summary>
    public static int NinesOf(long count) =>
        Math.Clamp((int)Math.Ceiling(SupportedNines(count)), 1, 5);

    /// <summary>The end-to-end budgets, each as a short line at its percentile.</summary>
    public static List<PlotSeries> LimitsOf(RunResult run)
    {
        const double HalfLength = 0.12;
        var limits = new List<PlotSeries>();
        foreach (BudgetResult budget in run.Budgets)
        {
            double? nines = budget.Metric switch
            {
                $"latency/{LatencyKeys.EndToEnd}/p50" => Math.Log10(2),
                $"latency/{LatencyKeys.EndToEnd}/p90" => 1,
                $"latency/{LatencyKeys.EndToEnd}/p99" => 2,
                $"latency/{LatencyKeys.EndToEnd}/p999" => 3,
                _ => null,
            };
            if (nines is { } place && budget.Unit == "µs")
            {
                limits.Add(new PlotSeries
                {
                    Name = "limit",
                    Style = "limit",
                    X = [place - HalfLength, place + HalfLength],
                    Y = [budget.Limit, budget.Limit],
                });
            }
        }

        return limits;
    }

    private static double SupportedNines(long count) => Math.Log10(count / 10.0);

    private static PlotSeries Curve(string key, string style, LongHistogram histogram)
    {
        int points = (int)(SupportedNines(histogram.TotalCount) / StepNines) + 1;
        double[] nines = new double[points];
        double[] microseconds = new double[points];
        for (int i = 0; i < points; i++)
        {
            nines[i] = i * StepNines;
            double percentile = 100 * (1 - Math.Pow(10, -nines[i]));
            microseconds[i] =
                histogram.GetValueAtPercentile(percentile) / NanosecondsPerMicrosecond;
        }

        return new PlotSeries
        {
            Name = FigureText.HopName(key),
            Style = style,
            X = nines,
            Y = microseconds,
            Holds = true,
        };
    }
}
