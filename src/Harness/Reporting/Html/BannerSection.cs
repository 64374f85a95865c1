using System.Globalization;
using HilRig.Harness.Reporting.Text;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Html;

/// <summary>The verdict, why, of what, and the four figures most asked for.</summary>
internal static class BannerSection
{
    private const double DegreesPerRadian = 180 / Math.PI;

    public static void Append(Markup page, RunResult run)
    {
        string style = VerdictStyle.ClassOf(run.Verdict);
        page.Add($"<header class=\"banner {style}\"><p class=\"verdict\">");
        page.Add(
            $"<span class=\"sign\" aria-hidden=\"true\">{VerdictStyle.SignOf(run.Verdict)}</span>");
        page.Add($"{FigureText.Word(run.Verdict)}</p><div><h1>{run.Name}</h1>");
        if (run.Description is not null)
        {
            page.Add($"<p class=\"description\">{run.Description}</p>");
        }

        page.Add($"<p class=\"reason\">{run.Reason}</p><p class=\"meta\">");
        page.Add($"<span>{run.Rig ?? "no rig reached"}</span>");
        string started = run.StartedUtc.ToString(
            "yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        page.Add(
            $"<span>{started}</span><span>{FigureText.Figure(run.DurationSeconds, "s")}</span>");
        if (run.Loop is { } loop)
        {
            string rate = FigureText.Limit(loop.RateHertz, "Hz");
            page.Add($"<span>{FigureText.Grouped(loop.TickCount)} ticks at {rate}</span>");
        }

        if (run.Repeats > 1)
        {
            page.Add($"<span>{run.Repeats} repeats</span>");
        }

        page.AddMarkup("</p></div></header>\n");
        if (run.Loop is not null)
        {
            AppendFigures(page, run);
        }
    }

    private static void AppendFigures(Markup page, RunResult run)
    {
        page.AddMarkup("<section class=\"figures\">");
        LatencyFigure endToEnd = run.Latency[LatencyKeys.EndToEnd];
        Card(page, "End to end, median", FigureText.Duration(endToEnd.P50Microseconds),
            $"planned instant to answer, {FigureText.Grouped(endToEnd.Count)} ticks");
        Card(page, "End to end, p99", FigureText.Duration(endToEnd.P99Microseconds),
            $"largest {FigureText.Duration(endToEnd.MaxMicroseconds)}");
        long planned = (run.Loop?.TickCount ?? 0) + run.MissedTicks;
        double share = planned > 0 ? 100.0 * run.MissedTicks / planned : 0;
        Card(page, "Missed ticks", FigureText.Grouped(run.MissedTicks),
            $"{FigureText.Figure(share)} % of {FigureText.Grouped(planned)} planned");
        AppendDivergence(page, run);
        page.AddMarkup("</section>\n");
    }

    private static void AppendDivergence(Markup page, RunResult run)
    {
        string worst = "";
        foreach ((string signal, DivergenceFigure figure) in run.Divergence)
        {
            bool larger = worst.Length == 0 || figure.Rmse > run.Divergence[worst].Rmse;
            worst = signal.EndsWith("/position", StringComparison.Ordinal)
                && figure.Rmse is not null && larger
                ? signal : worst;
        }

        if (worst.Length == 0)
        {
            Card(page, "Largest divergence", FigureText.Absent,
                run.TwinModel is null ? "no twin in this run" : "too little data");
            return;
        }

        DivergenceFigure found = run.Divergence[worst];
        string degrees = found.Unit == "rad"
            ? $" = {FigureText.Figure(found.Rmse * DegreesPerRadian)}°" : "";
        Card(page, "Largest divergence", FigureText.Figure(found.Rmse, found.Unit),
            $"RMSE of {SignalText.JointOf(worst)}{degrees}");
    }

    private static void Card(Markup page, string name, string value, string note)
    {
        page.Add($"<div class=\"card\"><h2>{name}</h2><p class=\"value\">{value}</p>");
        page.Add($"<p class=\"note\">{note}</p></div>");
    }
}
