using System.Reflection;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Html;

/// <summary>
/// The report as one HTML file: style, plots and text inside, nothing fetched, readable without its
/// script, which only shows values under the pointer.
/// </summary>
internal static class HtmlReport
{
    public static string Write(RunResult run, ReportSources sources)
    {
        var page = new Markup();
        page.AddMarkup("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
        page.AddMarkup(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.AddMarkup("<meta name=\"color-scheme\" content=\"light dark\">\n");
        page.Add($"<title>{Text.FigureText.Word(run.Verdict)} · {run.Name} · HilRig</title>\n");
        page.AddMarkup("<style>\n" + Resource("report.css") + "</style></head>\n<body><main>\n");
        BannerSection.Append(page, run);
        StopSection.Append(page, run);
        BudgetSection.Append(page, run);
        JointSection.Append(page, run);
        DivergenceSection.Append(page, run);
        LatencySection.Append(page, run);
        EventSection.Append(page, run);
        BridgeSection.Append(page, run);
        MachineSection.Append(page, run);
        SourceSection.Append(page, run, sources);
        page.AddMarkup(
            "</main>\n<script>\n" + Resource("report.js") + "</script>\n</body></html>\n");
        return page.ToString();
    }

    private static string Resource(string name)
    {
        Assembly assembly = typeof(HtmlReport).Assembly;
        using Stream stream = assembly.GetManifestResourceStream(
            "HilRig.Harness.Reporting.Html." + name)
            ?? throw new InvalidOperationException($"HilRig bug: resource {name} is missing");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
