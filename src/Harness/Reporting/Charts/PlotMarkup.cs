using HilRig.Harness.Reporting.Html;

namespace HilRig.Harness.Reporting.Charts;

/// <summary>
/// Writes a plot as HTML: the lines are SVG that stretches with the page, the labels are text
/// beside it, so that they stay readable at any width.
/// </summary>
internal static class PlotMarkup
{
    public static void Append(Markup page, Plot plot)
    {
        page.Add($"<div class=\"plot {plot.Size}\"><div class=\"axis-y\" aria-hidden=\"true\">");
        foreach (PlotTick tick in plot.Y.Ticks)
        {
            page.Add($"<span style=\"bottom:{tick.Place * 100}%\">{tick.Label}</span>");
        }

        page.Add($"</div><div class=\"area\"");
        if (plot.HasReadout)
        {
            string scale = plot.Y.IsLogarithmic ? "log" : "linear";
            page.Add($" data-x=\"{Exact(plot.X.Min)} {Exact(plot.X.Max)}\"");
            page.Add($" data-y=\"{Exact(plot.Y.Min)} {Exact(plot.Y.Max)} {scale}\"");
            page.Add($" data-unit-x=\"{plot.UnitOfX}\" data-unit-y=\"{plot.UnitOfY}\"");
        }

        page.Add($"><svg viewBox=\"0 0 {LinePath.Width} {LinePath.Height}\"");
        page.Add($" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{plot.Description}\">");
        AppendGrid(page, plot);
        if (plot.Band is { } band)
        {
            page.Add($"<path class=\"band\" d=\"{LinePath.Of(band, plot.X, plot.Y)}\"/>");
        }

        foreach (PlotSeries series in plot.Series)
        {
            page.Add($"<path class=\"line {series.Style}\" data-name=\"{series.Name}\"");
            page.Add($" d=\"{LinePath.Of(series, plot.X, plot.Y)}\"/>");
        }

        page.AddMarkup("</svg></div><div class=\"axis-x\" aria-hidden=\"true\">");
        for (int i = 0; i < plot.X.Ticks.Count; i++)
        {
            PlotTick tick = plot.X.Ticks[i];
            bool isLast = i == plot.X.Ticks.Count - 1;
            string unit = isLast && plot.UnitOfX.Length > 0 ? " " + plot.UnitOfX : "";
            string style = isLast && tick.Place > 0.96 ? "end" : "";
            page.Add($"<span class=\"{style}\" style=\"left:{tick.Place * 100}%\">");
            page.Add($"{tick.Label}{unit}</span>");
        }

        page.AddMarkup("</div></div>");
    }

    /// <summary>Writes what the lines mean.</summary>
    /// <param name="page">Receives the markup.</param>
    /// <param name="series">The lines, the last named first.</param>
    /// <param name="unit">Unit of the vertical axis below; empty when its marks carry it.</param>
    /// <param name="hasBand">Whether a tolerance band is drawn.</param>
    public static void AppendLegend(
        Markup page, IReadOnlyList<PlotSeries> series, string unit = "", bool hasBand = false)
    {
        page.Add($"<div class=\"legend\"><b>{unit}</b>");
        for (int i = series.Count - 1; i >= 0; i--)
        {
            page.Add($"<span><i class=\"key {series[i].Style}\"></i>{series[i].Name}</span>");
        }

        if (hasBand)
        {
            page.AddMarkup("<span><i class=\"key band\"></i>tolerance</span>");
        }

        page.AddMarkup("</div>");
    }

    private static void AppendGrid(Markup page, Plot plot)
    {
        foreach (PlotTick tick in plot.Y.Ticks)
        {
            double y = (1 - tick.Place) * LinePath.Height;
            string style = tick.Label == "0" || tick.Label.TrimStart('0', '.').Length == 0
                ? "zero" : "grid";
            page.Add($"<path class=\"{style}\" d=\"M0 {y}H{LinePath.Width}\"/>");
        }

        foreach (double mark in plot.Marks)
        {
            double x = plot.X.PlaceOf(mark) * LinePath.Width;
            page.Add($"<path class=\"mark\" d=\"M{x} 0V{LinePath.Height}\"/>");
        }
    }

    private static string Exact(double value) =>
        value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
