using HilRig.Harness.Reporting.Text;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Html;

/// <summary>
/// Each budget with its limit, what was measured, and how much of the limit was used.
/// </summary>
internal static class BudgetSection
{
    public static void Append(Markup page, RunResult run)
    {
        if (run.Budgets.Count == 0)
        {
            return;
        }

        page.AddMarkup(
            "<section><h2>Budgets</h2><div class=\"scroll\"><table class=\"budgets\"><thead><tr>");
        page.AddMarkup("<th>Verdict</th><th>Budget</th><th class=\"num\">Measured</th>");
        page.AddMarkup("<th class=\"num\">Limit</th><th>Used</th></tr></thead><tbody>\n");
        foreach (BudgetResult budget in run.Budgets)
        {
            AppendRow(page, budget);
        }

        page.AddMarkup("</tbody></table></div></section>\n");
    }

    private static void AppendRow(Markup page, BudgetResult budget)
    {
        string style = VerdictStyle.ClassOf(budget.Verdict);
        page.Add($"<tr><td><span class=\"chip {style}\">{VerdictStyle.SignOf(budget.Verdict)} ");
        page.Add($"{FigureText.Word(budget.Verdict)}</span></td><td><code>{budget.Metric}</code>");
        if (budget.Note is not null)
        {
            page.Add($"<span class=\"note\">{budget.Note}</span>");
        }

        string measured = budget.Measured is { } value && budget.Unit == "ticks"
            ? FigureText.Limit(value, budget.Unit)
            : FigureText.Figure(budget.Measured, budget.Unit);
        page.Add($"</td><td class=\"num\">{measured}</td>");
        page.Add($"<td class=\"num\">≤ {FigureText.Limit(budget.Limit, budget.Unit)}</td><td>");
        AppendGauge(page, budget, style);
        page.AddMarkup("</td></tr>\n");
    }

    // Full scale is twice the limit, so that the limit stands in the middle.
    private static void AppendGauge(Markup page, BudgetResult budget, string style)
    {
        if (budget.Measured is not { } measured || !(budget.Limit > 0))
        {
            return;
        }

        double ratio = measured / budget.Limit;
        double width = Math.Clamp(ratio * 50, 0, 100);
        long percent = (long)Math.Round(Math.Min(ratio * 100, 99_999));
        page.Add($"<span class=\"gauge\"><i class=\"{style}\" style=\"width:{width}%\">");
        page.Add($"</i></span><span class=\"ratio\">{percent} %</span>");
    }
}
