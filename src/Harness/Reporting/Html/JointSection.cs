using HilRig.Harness.Reporting.Charts;
using HilRig.Harness.Reporting.Text;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Html;

/// <summary>
/// Per joint: command, real and twin over time, and the error with its tolerance band.
/// </summary>
internal static class JointSection
{
    // Smallest heights of the plots, rad or m.
    private const double RangeMin = 0.05;
    private const double ErrorRangeMin = 0.01;

    public static void Append(Markup page, RunResult run)
    {
        if (run.Trace is not { Joints.Count: > 0, TimeSeconds.Length: > 1 } trace)
        {
            return;
        }

        bool hasTwin = trace.Joints.Any(joint => joint.TwinPosition.Any(double.IsFinite));
        page.AddMarkup("<section><h2>Joints</h2>");
        page.AddMarkup(hasTwin
            ? "<p class=\"lead\">Above: where the joint was told to be, where it was, where its"
                + " twin was. Below: real minus twin, taken when the real joint was sampled.</p>"
            : "<p class=\"lead\">No twin in this run, so divergence was not measured."
                + " Below each joint: real minus command.</p>");
        page.AddMarkup(
            trace.Joints.Count > 1
                ? "<div class=\"joints\">\n" : "<div class=\"joints single\">\n");
        foreach (JointTrace joint in trace.Joints)
        {
            AppendJoint(page, run, trace, joint, hasTwin);
        }

        page.AddMarkup("</div></section>\n");
    }

    private static void AppendJoint(
        Markup page, RunResult run, RunTrace trace, JointTrace joint, bool hasTwin)
    {
        string signal = $"joint/{joint.Name}/position";
        DivergenceFigure? figure = run.Divergence.GetValueOrDefault(signal);
        page.Add($"<article class=\"joint\"><div class=\"head\"><h3>{joint.Name}</h3>");
        AppendSummary(page, figure);
        page.AddMarkup("</div>");
        var time = PlotAxis.Linear(trace.TimeSeconds.Min(), trace.TimeSeconds.Max(), 0);
        List<PlotSeries> lines = PositionLines(trace, joint, hasTwin);
        (double min, double max) = RangeOf(lines);
        PlotMarkup.AppendLegend(page, lines, joint.Unit);
        PlotMarkup.Append(page, new Plot
        {
            Description = $"Position of {joint.Name} in {joint.Unit} over time in seconds",
            X = time,
            Y = PlotAxis.Linear(min, max, 0.06),
            UnitOfX = "s",
            UnitOfY = joint.Unit,
            Series = lines,
            HasReadout = true,
        });
        AppendError(page, trace, joint, figure, time, hasTwin);
        page.AddMarkup("</article>\n");
    }

    private static void AppendError(
        Markup page,
        RunTrace trace,
        JointTrace joint,
        DivergenceFigure? figure,
        PlotAxis time,
        bool hasTwin)
    {
        ErrorSeries error = hasTwin
            ? ErrorSeries.AgainstTwin(trace, joint)
            : ErrorSeries.AgainstCommand(trace, joint);
        PlotBand? band = hasTwin && figure?.Band is { } tolerance ? error.BandOf(tolerance) : null;
        double reach = Math.Max(
            Math.Max(error.Largest, figure?.Band?.Absolute * 1.5 ?? 0), ErrorRangeMin / 2);
        string name = hasTwin ? "real − twin" : "real − command";
        PlotSeries line = new()
        {
            Name = name,
            Style = "error",
            X = trace.RealTimeSeconds,
            Y = error.Error,
            Part = trace.Repeat,
        };
        PlotMarkup.AppendLegend(page, [line], joint.Unit, band is not null);
        PlotMarkup.Append(page, new Plot
        {
            Description = $"{name} of {joint.Name} in {joint.Unit} over time in seconds",
            X = time,
            Y = PlotAxis.Linear(-reach, reach, 0.08, 3),
            UnitOfX = "s",
            UnitOfY = joint.Unit,
            Series = [line],
            Band = band,
            HasReadout = true,
            Size = "low",
        });
    }

    private static void AppendSummary(Markup page, DivergenceFigure? figure)
    {
        if (figure?.Rmse is null)
        {
            return;
        }

        page.Add($"<p>RMSE <b>{FigureText.Figure(figure.Rmse, figure.Unit)}</b>");
        if (figure.DelayMilliseconds is not null)
        {
            page.Add($" · delay <b>{FigureText.Figure(figure.DelayMilliseconds, "ms")}</b>");
        }

        if (figure.ResidualRmse is not null)
        {
            page.Add($" · residual <b>{FigureText.Figure(figure.ResidualRmse, figure.Unit)}</b>");
        }

        if (figure.Band is { OutsideCount: > 0, OnsetSeconds: { } onset } band)
        {
            page.Add($" · <b class=\"outside\">{FigureText.Grouped(band.OutsideCount)} samples ");
            page.AddMarkup("outside, ");
            page.Add($"first at {FigureText.Figure(onset, "s")}</b>");
        }

        page.AddMarkup("</p>");
    }

    private static List<PlotSeries> PositionLines(RunTrace trace, JointTrace joint, bool hasTwin)
    {
        var lines = new List<PlotSeries>
        {
            Line("command", "command", trace.TimeSeconds, joint.Command) with { Holds = true },
        };
        if (hasTwin)
        {
            lines.Add(Line("twin", "twin", trace.TwinTimeSeconds, joint.TwinPosition));
        }

        lines.Add(Line("real", "real", trace.RealTimeSeconds, joint.RealPosition));
        return lines;

        PlotSeries Line(string name, string style, double[] x, double[] y) =>
            new() { Name = name, Style = style, X = x, Y = y, Part = trace.Repeat };
    }

    private static (double Min, double Max) RangeOf(List<PlotSeries> lines)
    {
        double min = double.PositiveInfinity;
        double max = double.NegativeInfinity;
        foreach (PlotSeries line in lines)
        {
            foreach (double value in line.Y)
            {
                if (double.IsFinite(value))
                {
                    min = Math.Min(min, value);
                    max = Math.Max(max, value);
                }
            }
        }

        // A joint at rest is drawn as one: a range of one count would make noise look like motion.
        double missing = RangeMin - (max - min);
        return min > max ? (0, 1)
            : missing > 0 ? (min - (missing / 2), max + (missing / 2))
            : (min, max);
    }
}
