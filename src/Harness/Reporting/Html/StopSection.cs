using HilRig.Harness.Reporting.Text;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Html;

/// <summary>How the rig was stopped, and how soon; nothing when it was not.</summary>
internal static class StopSection
{
    public static void Append(Markup page, RunResult run)
    {
        if (run.Stop is not { } stop)
        {
            return;
        }

        page.Add($"<section><h2>Stop: {stop.Cause.ToString()}</h2>");
        page.Add($"<p>{StopText.Sentence(stop)}</p>");
        page.AddMarkup("<section class=\"figures\">");
        foreach ((string until, double? milliseconds) in StopText.Rows(stop))
        {
            page.Add($"<div class=\"card\"><h2>To: {until}</h2>");
            page.Add($"<p class=\"value\">{FigureText.Figure(milliseconds, "ms")}</p></div>");
        }

        page.AddMarkup("</section></section>\n");
    }
}
