using HilRig.Harness.Reporting.Text;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Html;

/// <summary>What the loop counted, and what real time it got and did not get.</summary>
internal static class MachineSection
{
    public static void Append(Markup page, RunResult run)
    {
        if (run.Loop is null && run.Environment is null)
        {
            return;
        }

        page.AddMarkup("<section><h2>Loop and machine</h2><div class=\"pair\">");
        if (run.Environment is { } environment)
        {
            AppendRealTime(page, environment);
        }

        if (run.Loop is { } loop)
        {
            AppendLoop(page, loop);
        }

        page.AddMarkup("</div></section>\n");
    }

    private static void AppendRealTime(Markup page, EnvironmentReport environment)
    {
        page.AddMarkup("<article class=\"joint\"><div class=\"head\"><h3>Real time</h3><p>");
        page.AddMarkup(
            environment.RealTime ? "the loop ran in real time" : "<b class=\"outside\">no real time"
            + " here: latency says nothing about a tuned machine</b>");
        page.AddMarkup("</p></div><ul class=\"kit\">");
        foreach (string item in environment.Refused)
        {
            page.Add($"<li class=\"refused\"><b>✕</b><span>{item}</span></li>");
        }

        foreach (string item in environment.Granted)
        {
            page.Add($"<li class=\"granted\"><b>✓</b><span>{item}</span></li>");
        }

        page.AddMarkup("</ul></article>");
    }

    private static void AppendLoop(Markup page, LoopReport loop)
    {
        page.AddMarkup("<article class=\"joint\"><div class=\"head\"><h3>Loop</h3></div><dl>");
        Row(page, "Planned rate", FigureText.Limit(loop.RateHertz, "Hz"));
        Row(page, "Measured ticks", FigureText.Grouped(loop.TickCount));
        Row(page, "Missed ticks", FigureText.Grouped(loop.MissedCount));
        Row(page, "Unanswered ticks", FigureText.Grouped(loop.UnansweredCount));
        Row(page, "Ticks with a clipped command", FigureText.Grouped(loop.ClippedCount));
        Row(page, "Ticks lost by the recorder", FigureText.Grouped(loop.OverflowCount));
        Row(page, "Allocated by the loop", $"{FigureText.Grouped(loop.AllocatedBytes)} B");
        Row(page, "Garbage collections", FigureText.Grouped(loop.CollectionCount));
        Row(page, "Collection pauses", FigureText.Figure(loop.PauseMilliseconds, "ms"));
        page.AddMarkup("</dl></article>");
    }

    private static void Row(Markup page, string name, string value) =>
        page.Add($"<dt>{name}</dt><dd>{value}</dd>");
}
