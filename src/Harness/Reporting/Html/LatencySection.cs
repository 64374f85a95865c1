using HdrHistogram;
using HilRig.Harness.Reporting.Charts;
using HilRig.Harness.Reporting.Text;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Html;

/// <summary>
/// Where a tick's time goes: a bar of medians, a table of percentiles, two plots.
/// </summary>
internal static class LatencySection
{
    // Stages on the way from the planned instant to the answer; the others run beside it.
    private static readonly string[] Path =
    [
        LatencyKeys.Wake, LatencyKeys.StateRead, LatencyKeys.Policy, LatencyKeys.CommandSend,
        LatencyKeys.AgentReceive, LatencyKeys.BusWrite, LatencyKeys.BusReply,
        LatencyKeys.StateReceive,
    ];

    public static void Append(Markup page, RunResult run)
    {
        if (run.Latency.Values.All(figure => figure.Count == 0))
        {
            return;
        }

        page.AddMarkup(
            "<section><h2>Latency</h2><p class=\"lead\">From the planned instant of the tick to the"
            + " end of each hop, so a late tick hides nothing. The bar shows what each hop takes by"
            + " itself.</p>");
        AppendBar(page, run);
        AppendTable(page, run);
        page.AddMarkup("<div class=\"pair\">");
        AppendOverTime(page, run);
        AppendCurve(page, run);
        page.AddMarkup("</div></section>\n");
    }

    private static void AppendBar(Markup page, RunResult run)
    {
        double total = Path.Sum(key => run.Stages[key].P50Microseconds ?? 0);
        if (!(total > 0))
        {
            return;
        }

        page.AddMarkup("<div class=\"stages\" role=\"img\" aria-label=\"Median of each stage\">");
        for (int i = 0; i < Path.Length; i++)
        {
            double share = 100 * (run.Stages[Path[i]].P50Microseconds ?? 0) / total;
            page.Add($"<i class=\"stage-{i}\" style=\"flex-grow:{share}\"");
            string median = FigureText.Duration(run.Stages[Path[i]].P50Microseconds);
            page.Add($" title=\"{FigureText.HopName(Path[i])} {median}\">");
            page.Add($"{(share >= 14 ? FigureText.HopName(Path[i]) : "")}</i>");
        }

        page.AddMarkup("</div><p class=\"caption\">Medians of the stages one after another, ");
        page.Add($"{FigureText.Duration(total)}");
        page.AddMarkup(
            " together. Medians of parts need not add up to the median of the whole.</p>");
    }

    private static void AppendTable(Markup page, RunResult run)
    {
        page.AddMarkup(
            "<div class=\"scroll\"><table class=\"latency\"><thead><tr><th>Until, µs</th>"
            + "<th class=\"num\">Itself, p50</th>"
            + "<th class=\"num\">p50</th><th class=\"num\">p90</th><th class=\"num\">p99</th>"
            + "<th class=\"num\">p99.9</th><th class=\"num\">Max</th><th class=\"num\">Samples</th>"
            + "</tr></thead><tbody>\n");
        foreach (string key in LatencyKeys.All)
        {
            LatencyFigure figure = run.Latency[key];
            int stage = Array.IndexOf(Path, key);
            page.Add($"<tr class=\"{(key == LatencyKeys.EndToEnd ? "total" : "")}\"><td>");
            string dot = stage >= 0 ? $"stage-{stage}" : "";
            page.Add($"<i class=\"dot {dot}\"></i>{FigureText.HopName(key)}</td>");
            Cell(page, run.Stages[key].P50Microseconds, figure.Count, 50);
            Cell(page, figure.P50Microseconds, figure.Count, 50);
            Cell(page, figure.P90Microseconds, figure.Count, 90);
            Cell(page, figure.P99Microseconds, figure.Count, 99);
            Cell(page, figure.P999Microseconds, figure.Count, 99.9);
            page.Add($"<td class=\"num\">{FigureText.Figure(figure.MaxMicroseconds)}</td>");
            page.Add($"<td class=\"num\">{FigureText.Grouped(figure.Count)}</td></tr>\n");
        }

        page.AddMarkup("</tbody></table></div>");
        if (run.Latency.Values.Any(figure => figure is { Count: > 0, P999Microseconds: null }))
        {
            page.AddMarkup("<p class=\"caption\">A dash: fewer than ten samples lie above it.</p>");
        }
    }

    private static void Cell(Markup page, double? value, long count, double percentile)
    {
        string reason = value is null && count > 0
            ? $"needs {FigureText.Grouped(LatencyFigure.SamplesNeeded(percentile))} samples"
            : "";
        page.Add($"<td class=\"num\" title=\"{reason}\">{FigureText.Figure(value)}</td>");
    }

    private static void AppendOverTime(Markup page, RunResult run)
    {
        if (run.Trace is not { TimeSeconds.Length: > 1 } trace
            || !trace.EndToEndMicroseconds.Any(double.IsFinite))
        {
            return;
        }

        var missed = new List<double>();
        for (int i = 0; i < trace.MissedCount.Length; i++)
        {
            if (trace.MissedCount[i] > 0)
            {
                missed.Add(trace.TimeSeconds[i]);
            }
        }

        IEnumerable<double> finite = trace.EndToEndMicroseconds.Where(double.IsFinite);
        page.AddMarkup(
            "<article class=\"joint\"><div class=\"head\"><h3>End to end over the run</h3><p>");
        string note = missed.Count > 0 ? "red lines: ticks missed just before" : "no tick missed";
        page.Add($"{note}</p></div>");
        PlotMarkup.Append(page, new Plot
        {
            Description = "End-to-end latency of each tick over time",
            X = PlotAxis.Linear(trace.TimeSeconds.Min(), trace.TimeSeconds.Max(), 0),
            Y = PlotAxis.LogMicroseconds(finite.Min(), finite.Max()),
            UnitOfX = "s",
            UnitOfY = "µs",
            Series =
            [
                new PlotSeries
                {
                    Name = "end to end",
                    Style = "thin",
                    X = trace.TimeSeconds,
                    Y = trace.EndToEndMicroseconds,
                    Part = trace.Repeat,
                },
            ],
            Marks = missed,
            HasReadout = true,
        });
        page.AddMarkup("</article>");
    }

    private static void AppendCurve(Markup page, RunResult run)
    {
        List<PlotSeries> curves = PercentileCurves.Of(run);
        if (curves.Count == 0)
        {
            return;
        }

        LongHistogram all = run.Histograms[LatencyKeys.EndToEnd];
        List<PlotSeries> limits = PercentileCurves.LimitsOf(run);
        double low = curves.Min(curve => curve.Y.Min());
        double high = curves.Concat(limits).Max(curve => curve.Y.Max());
        int nines = Math.Max(
            PercentileCurves.NinesOf(all.TotalCount),
            limits.Count == 0 ? 1 : (int)Math.Ceiling(limits.Max(limit => limit.X[0])));
        page.AddMarkup("<article class=\"joint\"><div class=\"head\"><h3>Percentiles</h3>");
        page.AddMarkup("<p>end to end and its slowest stages</p></div>");
        PlotMarkup.AppendLegend(page, [.. limits.Take(1), .. curves]);
        PlotMarkup.Append(page, new Plot
        {
            Description = "Latency over percentile for the slowest stages",
            X = PlotAxis.Percentiles(nines),
            Y = PlotAxis.LogMicroseconds(low, high),
            Series = [.. curves, .. limits],
        });
        page.AddMarkup("</article>");
    }
}
