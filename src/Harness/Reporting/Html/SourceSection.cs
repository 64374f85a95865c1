using System.Globalization;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Html;

/// <summary>What is needed to make the run again: files, hashes, seed, versions.</summary>
internal static class SourceSection
{
    public static void Append(Markup page, RunResult run, ReportSources sources)
    {
        page.AddMarkup("<section><h2>Where it came from</h2><dl class=\"source\">");
        Row(page, "Scenario", run.Scenario);
        Row(page, "Scenario SHA-256", run.ScenarioSha256);
        Row(page, "Rig", run.Rig);
        Row(page, "Rig SHA-256", run.RigSha256);
        Row(page, "Twin model", run.TwinModel ?? "none");
        Row(page, "Seed", run.Seed.ToString(CultureInfo.InvariantCulture));
        Row(page, "Recording", run.Recording is null ? null : Path.GetFileName(run.Recording));
        if (run.Environment is { } machine)
        {
            Row(page, "HilRig", machine.Version);
            Row(
                page,
                "Machine",
                $"{machine.OperatingSystem}, {machine.Architecture}, "
                    + $"{machine.ProcessorCount} processors");
            Row(page, "Runtime", machine.Runtime);
        }

        page.AddMarkup("</dl>\n");
        AppendText(page, "Scenario file", sources.ScenarioText);
        AppendText(page, "Rig file", sources.RigText);
        string viewer = run.Recording is null ? "" : " The recording opens in any MCAP viewer.";
        page.Add(
            $"<p class=\"caption\">run.json schema {run.SchemaVersion}.{viewer}</p></section>\n");
    }

    private static void Row(Markup page, string name, string? value)
    {
        if (value is not null)
        {
            page.Add($"<dt>{name}</dt><dd>{value}</dd>");
        }
    }

    private static void AppendText(Markup page, string name, string? text)
    {
        if (text is not null)
        {
            page.Add($"<details><summary>{name}</summary><pre>{text}</pre></details>\n");
        }
    }
}
