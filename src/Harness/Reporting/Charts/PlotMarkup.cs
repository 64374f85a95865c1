using HilRig.Harness.Reporting.Html;

namespace HilRig.Harness.Reporting.Charts;

/// <summary>
/// Writes a plot as HTML: the lines are SVG that stretches with the page, the labels are text beside
/// it, so that they stay readable at any width.
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
            page.Add($" data-x=\"{Exact(plot.X.Min)} {Exact(plot.X.Max)}\" data-unit-x=\"{plot.UnitOfX}\"");
            page.Add($" data-y=\"{Exact(plot.Y.Min)} {Exact(plot.Y.Max)} {scale}\" data-unit-y=\"{plot.UnitOfY}\"");
        }

        page.Add($"><svg viewBox=\"0 0 {LinePath.Width} {LinePath.Height}\" preserveAspectRatio=\"none\"");
        page.Add($" role=\"img\" aria-label=\"{plot.Description}\">");
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
        foreach (PlotTick tick in plot.X.Ticks)
        {
            page.Add($"<span style=\"left:{tick.Place * 100}%\">{tick.Label}</span>");
        }

        page.AddMarkup("</div></div>");
    }

    /// <summary>Writes what the lines mean.</summary>
    public static void AppendLegend(Markup page, IReadOnlyList<PlotSeries> series, bool hasBand)
    {
        page.AddMarkup("<div class=\"legend\">");
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
            string style = tick.Label == "0" || tick.Label.TrimStart('0', '.').Length == 0 ? "zero" : "grid";
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
