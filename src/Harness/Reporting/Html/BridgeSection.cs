using HilRig.Harness.Reporting.Text;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Html;

/// <summary>What passed between host and agent; nothing where there was no agent.</summary>
internal static class BridgeSection
{
    public static void Append(Markup page, RunResult run)
    {
        if (run.Bridge is not { } bridge)
        {
            return;
        }

        page.AddMarkup("<section><h2>Bridge</h2><table>");
        foreach ((string topic, string words) in BridgeText.Rows(bridge))
        {
            page.Add($"<tr><th>{topic}</th><td>{words}</td></tr>");
        }

        page.AddMarkup("</table></section>\n");
    }
}
