using System.Globalization;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Html;

/// <summary>What happened, in order of time.</summary>
internal static class EventSection
{
    public static void Append(Markup page, RunResult run)
    {
        if (run.Events.Count == 0)
        {
            return;
        }

        page.AddMarkup("<section><h2>Events</h2><ol class=\"events\">\n");
        foreach (RunEvent remark in run.Events.OrderBy(remark => remark.TimeSeconds))
        {
            string kind = remark.Kind is "stop" or "fault" or "phase" ? remark.Kind : "note";
            string time = remark.TimeSeconds.ToString("0.000", CultureInfo.InvariantCulture);
            page.Add($"<li class=\"{kind}\"><time>{time.Replace('-', '−')} s</time>");
            page.Add($"<b>{remark.Kind}</b><span>{remark.Text}</span></li>\n");
        }

        page.AddMarkup("</ol></section>\n");
    }
}
