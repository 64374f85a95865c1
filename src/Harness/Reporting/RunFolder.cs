using HilRig.Core.Errors;
using HilRig.Harness.Reporting.Html;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting;

/// <summary>
/// Writes the files of a run: run.json, report.html, report.md, junit.xml and latency.hlog. Each is
/// written under a temporary name first, so that a file that carries its name is whole; run.json is
/// written last, so that a folder with a run.json has everything.
/// </summary>
public static class RunFolder
{
    /// <summary>Name of the result file.</summary>
    public const string ResultFile = "run.json";

    /// <summary>Name of the recording.</summary>
    public const string RecordingFile = "recording.mcap";

    /// <summary>Name of the report for people.</summary>
    public const string ReportFile = "report.html";

    /// <summary>Name of the report for pull requests.</summary>
    public const string MarkdownFile = "report.md";

    /// <summary>Name of the result for CI systems.</summary>
    public const string JUnitFile = "junit.xml";

    /// <summary>Name of the latency histograms, one tagged line a hop.</summary>
    public const string HistogramFile = "latency.hlog";

    /// <summary>Writes all files of a run.</summary>
    /// <param name="folder">The run's folder; made when absent.</param>
    /// <param name="run">The run. Its histograms and trace are shown when they are there.</param>
    /// <param name="sources">Scenario and rig file to show; null for none.</param>
    /// <returns>The run as written, with the path of its report.</returns>
    /// <exception cref="RecordingException">A file cannot be written.</exception>
    public static RunResult Write(string folder, RunResult run, ReportSources? sources = null)
    {
        RunResult written = run with { Report = Path.Combine(folder, ReportFile) };
        try
        {
            Directory.CreateDirectory(folder);
            if (run.Histograms.Count > 0)
            {
                AtomicFile.Write(Path.Combine(folder, HistogramFile), HistogramLog.Write(written));
            }

            AtomicFile.Write(
                Path.Combine(folder, JUnitFile), stream => JUnitReport.Write(stream, written));
            AtomicFile.Write(Path.Combine(folder, MarkdownFile), MarkdownReport.Write(written));
            AtomicFile.Write(
                Path.Combine(folder, ReportFile),
                HtmlReport.Write(written, sources ?? new ReportSources()));
            AtomicFile.Write(Path.Combine(folder, ResultFile), ResultJson.Write(written) + "\n");
            return written;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(
                "the report cannot be written",
                folder,
                found: error.Message.TrimEnd('.'),
                remedy: "free space, or choose another --out",
                inner: error);
        }
    }
}
