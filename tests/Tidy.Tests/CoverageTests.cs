using System.Text.RegularExpressions;

namespace HilRig.Tidy.Tests;

/// <summary>
/// What is shipped is tested: every scenario by a suite, every register table by a test.
/// </summary>
public sealed partial class CoverageTests
{
    [Test]
    public void Every_scenario_file_is_run_by_a_suite()
    {
        string[] folders = SuiteFolders(
            Repository.Below("tests/Scenarios.Tests", ".cs").Select(Repository.Read));
        Violation.AssertNone(Repository.Files
            .Where(path => path.StartsWith("scenarios/"))
            .SelectMany(path => CheckScenario(path, folders)));
    }

    [Test]
    public void Every_register_table_has_a_test()
    {
        string tests = string.Concat(
            Repository.Below("tests/Devices.Tests", ".cs").Select(Repository.Read));
        Violation.AssertNone(Repository.Below("src/Devices/Registers", ".cs")
            .SelectMany(path => CheckTable(path, Repository.Read(path), tests)));
    }

    [TestCase("scenarios/so101/a.yaml", 0)]
    [TestCase("other/a.yaml", 1, TestName = "A_scenario_outside_the_suites_is_found")]
    [TestCase("scenarios/a.yml", 1, TestName = "A_scenario_that_the_suite_would_not_see_is_found")]
    [TestCase("scenarios/scenario.schema.json", 0)]
    public void A_scenario_without_a_suite_is_found(string path, int expected) =>
        Assert.That(CheckScenario(path, ["scenarios"]).Count(), Is.EqualTo(expected));

    [Test]
    public void A_suite_that_is_commented_out_covers_nothing()
    {
        Assert.That(SuiteFolders(["[ScenarioFolder(\"a\")]"]), Is.EqualTo(new[] { "a" }));
        Assert.That(SuiteFolders(["// [ScenarioFolder(\"a\")]"]), Is.Empty);
    }

    [TestCase("Assert.That(AbcRegisters.Table)", 0)]
    [TestCase("// AbcRegisters", 1)]
    [TestCase("Assert.That(AbcRegistersMore)", 1)]
    public void A_register_table_without_a_test_is_found(string tests, int expected)
    {
        const string table = "internal static class AbcRegisters\n{\n}\n";
        Assert.That(
            CheckTable("src/Devices/Registers/AbcRegisters.cs", table, tests).Count(),
            Is.EqualTo(expected));
    }

    private static string[] SuiteFolders(IEnumerable<string> sources) =>
        [.. sources.SelectMany(text => Suite().Matches(text))
            .Select(suite => suite.Groups["folder"].Value)];

    private static IEnumerable<Violation> CheckScenario(string path, string[] folders)
    {
        if (Path.GetExtension(path) == ".yml")
        {
            yield return new(path, 0, "scenario files end in .yaml");
        }
        else if (Path.GetExtension(path) == ".yaml"
            && !folders.Any(folder => path.StartsWith(folder + "/")))
        {
            yield return new(path, 0, "no suite in tests/Scenarios.Tests runs it");
        }
    }

    private static IEnumerable<Violation> CheckTable(string path, string text, string tests)
    {
        string blank = SourceText.Blank(tests);
        foreach (Match type in StaticClass().Matches(SourceText.Blank(text)))
        {
            string name = type.Groups["name"].Value;
            if (!Regex.IsMatch(blank, $@"\b{name}\b"))
            {
                yield return new(path, 0, $"no test in tests/Devices.Tests names {name}");
            }
        }
    }

    [GeneratedRegex(@"(?m)^\s*\[ScenarioFolder\(""(?<folder>[^""]+)""")]
    private static partial Regex Suite();

    [GeneratedRegex(@"\bstatic (partial )?class (?<name>\w+)")]
    private static partial Regex StaticClass();
}
