using System.Globalization;
using System.Text;
using System.Xml;
using HilRig.Harness.Reporting.Text;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting;

/// <summary>
/// The run as JUnit XML: a test suite named after the scenario, one test case for the run and one
/// for each budget. Fail is a failure, Aborted and RigError are errors, Inconclusive is skipped
/// with its reason, so that no CI takes one for the other.
/// </summary>
internal static class JUnitReport
{
    public static void Write(Stream stream, RunResult run)
    {
        var settings = new XmlWriterSettings
        {
            Indent = true,
            Encoding = new UTF8Encoding(false),
            CloseOutput = false,
            NewLineChars = "\n",
        };
        using var writer = XmlWriter.Create(stream, settings);
        List<Verdict> verdicts = [run.Verdict, .. run.Budgets.Select(budget => budget.Verdict)];
        writer.WriteStartElement("testsuites");
        writer.WriteStartElement("testsuite");
        writer.WriteAttributeString("name", Clean(run.Name));
        Number(writer, "tests", verdicts.Count);
        Number(writer, "failures", verdicts.Count(verdict => verdict == Verdict.Fail));
        Number(writer, "errors", verdicts.Count(IsError));
        Number(writer, "skipped", verdicts.Count(verdict => verdict == Verdict.Inconclusive));
        Seconds(writer, run.DurationSeconds);
        string started = run.StartedUtc.ToString(
            "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        writer.WriteAttributeString("timestamp", started);
        WriteProperties(writer, run);
        WriteCase(writer, run, "run", run.DurationSeconds, (run.Verdict, run.Reason));
        foreach (BudgetResult budget in run.Budgets)
        {
            string text = $"measured {FigureText.Figure(budget.Measured, budget.Unit)}, "
                + $"limit {FigureText.Limit(budget.Limit, budget.Unit)}";
            text = budget.Note is null ? text : $"{text}: {budget.Note}";
            WriteCase(writer, run, budget.Metric, 0, (budget.Verdict, text));
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static bool IsError(Verdict verdict) => verdict is Verdict.Aborted or Verdict.RigError;

    private static void WriteProperties(XmlWriter writer, RunResult run)
    {
        writer.WriteStartElement("properties");
        Property("verdict", run.Verdict.ToString());
        Property("scenario", run.Scenario);
        Property("scenarioSha256", run.ScenarioSha256);
        Property("rig", run.Rig);
        Property("rigSha256", run.RigSha256);
        Property("seed", run.Seed.ToString(CultureInfo.InvariantCulture));
        Property("recording", run.Recording);
        Property("report", run.Report);
        writer.WriteEndElement();

        void Property(string name, string? value)
        {
            if (value is not null)
            {
                writer.WriteStartElement("property");
                writer.WriteAttributeString("name", name);
                writer.WriteAttributeString("value", Clean(value));
                writer.WriteEndElement();
            }
        }
    }

    private static void WriteCase(
        XmlWriter writer,
        RunResult run,
        string name,
        double seconds,
        (Verdict Verdict, string Text) outcome)
    {
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("classname", Clean("hilrig." + run.Name));
        writer.WriteAttributeString("name", Clean(name));
        Seconds(writer, seconds);
        string? element = outcome.Verdict switch
        {
            Verdict.Pass => null,
            Verdict.Inconclusive => "skipped",
            Verdict.Fail => "failure",
            Verdict.Aborted or Verdict.RigError => "error",
        };
        if (element is not null)
        {
            writer.WriteStartElement(element);
            writer.WriteAttributeString("message", Clean(outcome.Text));
            if (element != "skipped")
            {
                writer.WriteAttributeString("type", outcome.Verdict.ToString());
            }

            writer.WriteEndElement();
        }

        writer.WriteStartElement("system-out");
        writer.WriteString(Clean(outcome.Text));
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void Number(XmlWriter writer, string name, int value) =>
        writer.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));

    private static void Seconds(XmlWriter writer, double seconds) =>
        writer.WriteAttributeString(
            "time", seconds.ToString("0.000", CultureInfo.InvariantCulture));

    // XML 1.0 has no place for control characters, escaped or not.
    private static string Clean(string text) =>
        string.Concat(
            text.Select(
                letter => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter) ? letter : ' '));
}
