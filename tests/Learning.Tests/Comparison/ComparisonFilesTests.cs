using System.Text.Json;
using System.Xml.Linq;
using HilRig.Core.Errors;
using HilRig.Learning.Agents;
using HilRig.Learning.Comparison;

namespace HilRig.Learning.Tests.Comparison;

public sealed class ComparisonFilesTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private RunsOnDisk _runs = null!;

    private string Target => Path.Combine(_runs.Path, "out");

    [SetUp]
    public void MakeRuns()
    {
        _runs = new RunsOnDisk();
        _runs.Add(LearningAlgorithm.Bc, 1, 0.5, [0.5]);
        _runs.Add(LearningAlgorithm.Ibrl, 1, 0.96, [0.5, 0.7, 1]);
        _runs.Add(LearningAlgorithm.Ibrl, 2, 0.94, [0.5, 0.9, 1]);
        ComparisonFiles.Write(
            new ComparisonBuilder(RunCollection.Find([_runs.Path]), 1, 500).Build(), Target);
    }

    [TearDown]
    public void RemoveRuns() => _runs.Dispose();

    [Test]
    public void A_curve_lies_where_its_numbers_are_and_a_method_without_steps_is_level()
    {
        XElement[] lines =
        [
            .. XElement.Load(Path.Combine(Target, "curves-PegInsert3.svg"))
                .Elements(Svg + "path")
                .Where(path => path.Attribute("class")!.Value.StartsWith("line")),
        ];

        // The axes: 56 to 560 for 0 to 4000 steps, 332 to 44 for 0 to 1.
        Assert.That(
            lines.Select(line => line.Attribute("d")!.Value),
            Is.EqualTo(new[] { "M56 188L308 101.6L560 44", "M56 188H560" }));
    }

    [Test]
    public void Tables_page_and_json_say_the_same()
    {
        string text = File.ReadAllText(Path.Combine(Target, "comparison.md"));
        XElement page = XElement.Parse(
            File.ReadAllText(Path.Combine(Target, "comparison.html"))
                .Replace("<!DOCTYPE html>", "")
                .Replace("<meta charset=\"utf-8\">", ""));
        using var json = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Target, "comparison.json")));
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Contain("| ibrl | 2 | 95 % (93-96) | 96 94 |"));
            Assert.That(
                page.Descendants("td").Select(cell => cell.Value), Does.Contain("95 % (93-96)"));
            Assert.That(
                json.RootElement.GetProperty("tasks")[0].GetProperty("finalSuccess")
                    .GetProperty("value").GetDouble(),
                Is.EqualTo(0.95).Within(1e-12));
        });
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_named()
    {
        File.WriteAllText(Path.Combine(_runs.Path, "file"), "");
        string target = Path.Combine(_runs.Path, "file", "below");
        RunComparison comparison =
            new ComparisonBuilder(RunCollection.Find([_runs.Path]), 1, 500).Build();
        Assert.That(
            () => ComparisonFiles.Write(comparison, target),
            Throws.TypeOf<RecordingException>().With.Message.Contains(target));
    }
}
