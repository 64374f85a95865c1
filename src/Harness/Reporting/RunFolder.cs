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
    /// <returns>
    /// The run as written, with the path of its report. When a file could not be written, a rig
    /// error that says so, without a report: the figures are not lost with the disk.
    /// </returns>
    public static RunResult Write(string folder, RunResult run, ReportSources? sources = null)
    {
        RunResult written = run with { Report = Path.Combine(folder, ReportFile) };
        try
        {
            Directory.CreateDirectory(folder);
            WriteAll(folder, written, sources ?? new ReportSources());
            return written;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            RunResult failed = Failed(folder, run, error);
            TryWriteResult(folder, failed);
            return failed;
        }
    }

    private static void WriteAll(string folder, RunResult run, ReportSources sources)
    {
        if (run.Histograms.Count > 0)
        {
            AtomicFile.Write(Path.Combine(folder, HistogramFile), HistogramLog.Write(run));
        }

        AtomicFile.Write(
            Path.Combine(folder, JUnitFile), stream => JUnitReport.Write(stream, run));
        AtomicFile.Write(Path.Combine(folder, MarkdownFile), MarkdownReport.Write(run));
        AtomicFile.Write(Path.Combine(folder, ReportFile), HtmlReport.Write(run, sources));
        AtomicFile.Write(Path.Combine(folder, ResultFile), ResultJson.Write(run) + "\n");
    }

    private static RunResult Failed(string folder, RunResult run, Exception error)
    {
        var fault = new RecordingException(
            "the report cannot be written",
            folder,
            found: error.Message.TrimEnd('.'),
            remedy: "free space, or choose another --out",
            inner: error);
        string earlier = run.Verdict == Verdict.RigError ? run.Reason.TrimEnd('.') + "; " : "";
        return run with
        {
            Verdict = Verdict.RigError,
            Reason = earlier + fault.Message,
            Report = null,
        };
    }

    // The result is small and may still fit where the report did not. The files written before the
    // fault carry the earlier verdict, so they go.
    private static void TryWriteResult(string folder, RunResult run)
    {
        try
        {
            foreach (string name in new[] { HistogramFile, JUnitFile, MarkdownFile, ReportFile })
            {
                if (File.Exists(Path.Combine(folder, name)))
                {
                    File.Delete(Path.Combine(folder, name));
                }
            }

            AtomicFile.Write(Path.Combine(folder, ResultFile), ResultJson.Write(run) + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The caller has the result and its reason; there is nowhere to put them.
        }
    }
}
