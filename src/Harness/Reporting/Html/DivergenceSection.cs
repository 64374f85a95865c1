using HilRig.Harness.Reporting.Text;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Html;

/// <summary>
/// Every signal's raw error, its parts with their intervals, and the rig's noise floor.
/// </summary>
internal static class DivergenceSection
{
    private static readonly string[] Columns =
    [
        "RMSE", "MAE", "Max", "Offset", "Gain", "Delay, ms", "Residual", "Noise floor", "× floor",
    ];

    public static void Append(Markup page, RunResult run)
    {
        if (run.Divergence.Values.All(figure => figure.Rmse is null))
        {
            return;
        }

        page.AddMarkup(
            "<section><h2>Divergence and its parts</h2><p class=\"lead\">real(t) ≈ offset + gain"
            + " · twin(t − delay). The residual is what remains after all three: the model error"
            + " proper. Small figures are 95 % intervals. The noise floor is the rig against itself"
            + " over repeats; a dash means the data cannot support the figure.</p>");
        page.AddMarkup(
            "<div class=\"scroll\"><table class=\"divergence\"><thead><tr><th>Signal</th>");
        foreach (string column in Columns)
        {
            page.Add($"<th class=\"num\">{column}</th>");
        }

        page.AddMarkup("</tr></thead>\n");
        foreach (string quantity in new[] { "position", "velocity" })
        {
            AppendGroup(page, run, quantity);
        }

        page.AddMarkup("</table></div></section>\n");
    }

    private static void AppendGroup(Markup page, RunResult run, string quantity)
    {
        bool isFirst = true;
        foreach ((string signal, DivergenceFigure figure) in run.Divergence)
        {
            if (SignalText.QuantityOf(signal) != quantity)
            {
                continue;
            }

            if (isFirst)
            {
                page.Add($"<tbody><tr class=\"group\"><th colspan=\"{Columns.Length + 1}\">");
                page.Add($"{quantity}, {figure.Unit}</th></tr>\n");
                isFirst = false;
            }

            AppendRow(page, SignalText.JointOf(signal), figure);
        }

        page.AddMarkup(isFirst ? "" : "</tbody>\n");
    }

    private static void AppendRow(Markup page, string joint, DivergenceFigure figure)
    {
        page.Add($"<tr><td>{joint}</td>");
        Cell(page, figure.Rmse, figure.RmseInterval);
        Cell(page, figure.Mae, null);
        Cell(page, figure.MaxAbs, null);
        Cell(page, figure.Offset, figure.OffsetInterval);
        Cell(page, figure.Gain, figure.GainInterval);
        Cell(page, figure.DelayMilliseconds, figure.DelayIntervalMilliseconds);
        Cell(page, figure.ResidualRmse, figure.ResidualRmseInterval);
        Cell(page, figure.NoiseFloorRmse, null);
        Cell(page, figure.NoiseFloorMultiple, null);
        page.AddMarkup("</tr>\n");
    }

    private static void Cell(Markup page, double? value, Interval? interval)
    {
        page.Add($"<td class=\"num\">{FigureText.Figure(value)}");
        if (interval is not null)
        {
            page.Add($"<small>{FigureText.Interval(interval)}</small>");
        }

        page.AddMarkup("</td>");
    }
}
