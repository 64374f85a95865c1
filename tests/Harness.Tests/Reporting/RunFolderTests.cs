using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using HdrHistogram;
using HilRig.Harness.Reporting;
using HilRig.Harness.Results;

namespace HilRig.Harness.Tests.Reporting;

internal sealed partial class RunFolderTests
{
    private static readonly Dictionary<string, Func<RunResult>> Samples = new()
    {
        ["six-joints"] = SampleRuns.SixJointsPass,
        ["one-joint-fail"] = SampleRuns.OneJointFail,
        ["inconclusive"] = SampleRuns.Inconclusive,
        ["no-twin"] = SampleRuns.WithoutTwin,
        ["stopped"] = SampleRuns.Stopped,
        ["never-started"] = SampleRuns.NeverStarted,
    };

    private static IEnumerable<string> SampleNames => Samples.Keys;

    [TestCaseSource(nameof(SampleNames))]
    public void A_report_is_whole_and_stands_alone(string name)
    {
        string folder = Write(name, out RunResult run);
        string html = File.ReadAllText(Path.Combine(folder, RunFolder.ReportFile));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(html, Does.StartWith("<!DOCTYPE html>").And.EndWith("</html>\n"));
            Assert.That(OutsideReference().IsMatch(html), Is.False, "the report fetches something");
            Assert.That(html, Does.Not.Contain("NaN").And.Not.Contain("Infinity"));
            Assert.That(html, Does.Contain(Escaped(run.Reason)));
            Assert.That(Directory.GetFiles(folder, "*.partial"), Is.Empty);
            Assert.That(
                new FileInfo(Path.Combine(folder, RunFolder.ReportFile)).Length,
                Is.LessThan(1_500_000));
        }

        // Every tag is closed: without style, script and doctype the page is well-formed XML.
        string body = html[html.IndexOf("<body>", StringComparison.Ordinal)..];
        body = body[..body.IndexOf("<script>\n", StringComparison.Ordinal)] + "</body>";
        Assert.That(() => XDocument.Parse(body), Throws.Nothing);
    }

    [TestCaseSource(nameof(SampleNames))]
    public void Every_figure_of_a_budget_is_in_both_reports(string name)
    {
        string folder = Write(name, out RunResult run);
        string html = File.ReadAllText(Path.Combine(folder, RunFolder.ReportFile));
        string markdown = File.ReadAllText(Path.Combine(folder, RunFolder.MarkdownFile));
        foreach (BudgetResult budget in run.Budgets)
        {
            Assert.That(html, Does.Contain($"<code>{budget.Metric}</code>"));
            Assert.That(markdown, Does.Contain($"`{budget.Metric}`"));
        }

        foreach (string signal in run.Divergence.Keys)
        {
            Assert.That(markdown, Does.Contain($"`{signal}`"));
        }
    }

    [Test]
    public void A_name_never_becomes_markup()
    {
        string folder = Write("stopped", out _);
        string html = File.ReadAllText(Path.Combine(folder, RunFolder.ReportFile));
        Assert.That(html, Does.Not.Contain("<script>alert"));
        Assert.That(html, Does.Contain("&lt;script&gt;alert(&quot;a name &amp; a tag&quot;)"));
    }

    [Test]
    public void The_error_plot_shows_exactly_one_line_a_joint_and_the_band_when_there_is_one()
    {
        string folder = Write("six-joints", out RunResult run);
        string html = File.ReadAllText(Path.Combine(folder, RunFolder.ReportFile));
        Assert.That(Count(html, "class=\"line error\""), Is.EqualTo(run.Trace!.Joints.Count));
        Assert.That(Count(html, "class=\"band\""), Is.EqualTo(run.Trace.Joints.Count));
        Assert.That(Count(html, "class=\"line twin\""), Is.EqualTo(run.Trace.Joints.Count));
    }

    [Test]
    public void Without_a_twin_the_report_says_so_and_draws_none()
    {
        string folder = Write("no-twin", out _);
        string html = File.ReadAllText(Path.Combine(folder, RunFolder.ReportFile));
        Assert.That(
            html, Does.Contain("No twin in this run").And.Not.Contain("class=\"line twin\""));
    }

    [TestCase("six-joints", 0, 0, 0)]
    [TestCase("one-joint-fail", 3, 0, 0)]
    [TestCase("inconclusive", 0, 0, 2)]
    [TestCase("stopped", 0, 1, 0)]
    [TestCase("never-started", 0, 1, 0)]
    public void JUnit_tells_failures_errors_and_skips_apart(
        string name, int failures, int errors, int skipped)
    {
        string folder = Write(name, out RunResult run);
        XElement suite = XDocument.Load(Path.Combine(folder, RunFolder.JUnitFile)).Root!.Element(
            "testsuite")!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)suite.Attribute("tests")!, Is.EqualTo(1 + run.Budgets.Count));
            Assert.That(suite.Elements("testcase").Count(), Is.EqualTo(1 + run.Budgets.Count));
            Assert.That((int)suite.Attribute("failures")!, Is.EqualTo(failures));
            Assert.That(suite.Descendants("failure").Count(), Is.EqualTo(failures));
            Assert.That((int)suite.Attribute("errors")!, Is.EqualTo(errors));
            Assert.That(suite.Descendants("error").Count(), Is.EqualTo(errors));
            Assert.That((int)suite.Attribute("skipped")!, Is.EqualTo(skipped));
            Assert.That(suite.Descendants("skipped").Count(), Is.EqualTo(skipped));
        }
    }

    [Test]
    public void The_histogram_log_is_plain_text_as_other_languages_expect_it()
    {
        string folder = Write("six-joints", out _);
        byte[] bytes = File.ReadAllBytes(Path.Combine(folder, RunFolder.HistogramFile));
        string[] lines = System.Text.Encoding.ASCII.GetString(bytes).Split('\n');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bytes, Has.None.GreaterThan((byte)127).And.None.EqualTo((byte)0));
            Assert.That(lines[0], Is.EqualTo("#[Histogram log format version 1.3]"));
            Assert.That(lines, Has.One.StartsWith("Tag=endToEnd,"));
        }
    }

    [Test]
    public void Every_histogram_is_a_whole_zlib_stream()
    {
        string folder = Write("six-joints", out _);
        string[] lines = File.ReadAllLines(Path.Combine(folder, RunFolder.HistogramFile));
        foreach (
            string line in lines.Where(line => line.StartsWith("Tag=", StringComparison.Ordinal)))
        {
            byte[] packed = Convert.FromBase64String(line[(line.LastIndexOf(',') + 1)..]);
            int length = BinaryPrimitives.ReadInt32BigEndian(packed.AsSpan(4));
            Assert.That(packed, Has.Length.EqualTo(length + 8));
            using var plain = new MemoryStream();
            using var zlib = new ZLibStream(
                new MemoryStream(packed[8..]), CompressionMode.Decompress);
            zlib.CopyTo(plain);

            // A zlib stream ends with the Adler-32 of what it holds (RFC 1950).
            (uint low, uint high) = (1, 0);
            foreach (byte one in plain.ToArray())
            {
                low = (low + one) % 65521;
                high = (high + low) % 65521;
            }

            uint stated = BinaryPrimitives.ReadUInt32BigEndian(packed.AsSpan(packed.Length - 4));
            Assert.That(stated, Is.EqualTo((high << 16) | low), line[..20]);
        }
    }

    [Test]
    public void The_histogram_log_holds_every_hop_by_its_tag()
    {
        string folder = Write("six-joints", out RunResult run);
        using FileStream stream = File.OpenRead(Path.Combine(folder, RunFolder.HistogramFile));
        using var reader = new HistogramLogReader(stream);
        var found = reader.ReadHistograms().ToDictionary(histogram => histogram.Tag);
        Assert.That(found.Keys, Is.EqualTo(LatencyKeys.All));
        foreach ((string key, LongHistogram expected) in run.Histograms)
        {
            Assert.That(found[key].TotalCount, Is.EqualTo(expected.TotalCount), key);
            Assert.That(
                found[key].GetValueAtPercentile(99),
                Is.EqualTo(expected.GetValueAtPercentile(99)),
                key);
        }
    }

    [TestCaseSource(nameof(SampleNames))]
    public void Run_json_holds_to_its_published_schema(string name)
    {
        string folder = Write(name, out _);
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(SchemaPath()));
        using JsonDocument run = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(folder, RunFolder.ResultFile)));
        Assert.That(SchemaCheck.FaultsOf(schema.RootElement, run.RootElement), Is.Empty);
    }

    [TestCase("\"missedTicks\": 3", "\"missedTicks\": -3", "missedTicks")]
    [TestCase("\"verdict\": \"Fail\"", "\"verdict\": \"Passed\"", "verdict")]
    [TestCase("\"onsetSeconds\"", "\"onset\"", "band")]
    public void The_schema_refuses_what_is_not_a_run(string good, string bad, string place)
    {
        string folder = Write("one-joint-fail", out _);
        string text = File.ReadAllText(Path.Combine(folder, RunFolder.ResultFile));
        Assert.That(text, Does.Contain(good));
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(SchemaPath()));
        using JsonDocument run = JsonDocument.Parse(
            text.Replace(good, bad, StringComparison.Ordinal));
        Assert.That(
            SchemaCheck.FaultsOf(schema.RootElement, run.RootElement), Has.Some.Contains(place));
    }

    [Test]
    public void Run_json_comes_back_and_names_its_report()
    {
        string folder = Write("one-joint-fail", out _);
        RunResult run = ResultJson.ReadRun(
            File.ReadAllText(Path.Combine(folder, RunFolder.ResultFile)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Verdict, Is.EqualTo(Verdict.Fail));
            Assert.That(run.Report, Is.EqualTo(Path.Combine(folder, RunFolder.ReportFile)));
            Assert.That(run.Budgets, Has.Count.EqualTo(3));
        }
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_a_rig_error_and_keeps_the_figures()
    {
        string file = Path.Combine(Path.GetTempPath(), $"hilrig-report-{Guid.NewGuid():N}");
        File.WriteAllText(file, "in the way");
        RunResult run = SampleRuns.SixJointsPass();
        RunResult written = RunFolder.Write(Path.Combine(file, "run"), run);
        File.Delete(file);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(written.Verdict, Is.EqualTo(Verdict.RigError));
            Assert.That(written.Reason, Does.Contain(file).And.Contain("--out"));
            Assert.That(written.Report, Is.Null);
            Assert.That(written.Latency, Is.EqualTo(run.Latency));
        }
    }

    [Test]
    public void A_report_that_cannot_be_written_leaves_only_a_result_that_says_so()
    {
        string folder = Directory.CreateTempSubdirectory("hilrig-report-").FullName;
        // A folder in the way of the report: everything before it could be written.
        Directory.CreateDirectory(Path.Combine(folder, RunFolder.ReportFile, "in-the-way"));
        RunResult written = RunFolder.Write(folder, SampleRuns.Stopped());
        string[] files = [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path))];
        RunResult read = ResultJson.ReadRun(
            File.ReadAllText(Path.Combine(folder, RunFolder.ResultFile)));
        Directory.Delete(folder, recursive: true);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(files, Is.EqualTo(new[] { RunFolder.ResultFile }));
            Assert.That(read.Verdict, Is.EqualTo(Verdict.RigError));
            Assert.That(written.Reason, Does.Contain("elbow_flex").And.Contain("report"));
        }
    }

    // The samples stay beside the test program, so that they can be looked at.
    private static string Write(string name, out RunResult run)
    {
        string folder = Path.Combine(
            TestContext.CurrentContext.WorkDirectory, "report-samples", name);
        var sources = new ReportSources("name: sample\nrate: 250 Hz\n", "rig: so101-virtual\n");
        run = Samples[name]();
        run = RunFolder.Write(folder, run, sources);
        return folder;
    }

    private static string SchemaPath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "HilRig.sln")))
        {
            folder = folder.Parent;
        }

        Assert.That(folder, Is.Not.Null, "the tests run outside the repository");
        return Path.Combine(folder!.FullName, "docs", "run.schema.json");
    }

    private static string Escaped(string text) =>
        new XText(text).ToString(SaveOptions.DisableFormatting);

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [GeneratedRegex("(src|href)\\s*=|@import|url\\(|https?://", RegexOptions.IgnoreCase)]
    private static partial Regex OutsideReference();
}
