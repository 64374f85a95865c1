using HilRig.Testing;
using HilRig.Testing.Building;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace HilRig.Scenarios.Tests.Building;

public sealed class ScenarioSuiteTests
{
    [Test]
    public void Every_shipped_scenario_is_a_test_case()
    {
        var folder = new ScenarioFolderAttribute("scenarios");
        (IReadOnlyList<ScenarioCase> cases, string? fault) =
            ScenarioFiles.Find(folder, AppContext.BaseDirectory);
        Assert.That(fault, Is.Null);
        Assert.That(
            Build<ShippedScenarios>().Select(test => test.Name),
            Is.EqualTo(cases.Select(scenario => scenario.Name)).And.Not.Empty);
    }

    [Test]
    public void Files_are_found_in_subfolders_and_named_by_their_path()
    {
        string root = Directory.CreateTempSubdirectory("hilrig-suite-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "s/so101"));
            File.WriteAllText(Path.Combine(root, "s/so101/step.yaml"), "");
            File.WriteAllText(Path.Combine(root, "s/idle.yaml"), "");
            File.WriteAllText(Path.Combine(root, "s/README.md"), "");
            (IReadOnlyList<ScenarioCase> cases, string? fault) =
                ScenarioFiles.Find(new("s") { Repeat = 3 }, Path.Combine(root, "bin/debug"));
            Assert.That(fault, Is.Null);
            Assert.That(
                cases.Select(one => one.Name), Is.EqualTo(new[] { "idle", "so101/step" }));
            Assert.That(cases.Select(one => one.Repeat), Is.All.EqualTo(3));
            Assert.That(
                ScenarioFiles.Find(new("s") { Nightly = ["idle", "gone"] }, root).Fault,
                Does.Contain("gone").And.Not.Contain("idle"));
            Assert.That(
                ScenarioFiles.Find(new("none"), root).Fault, Does.Contain("none"));
            Assert.That(
                ScenarioFiles.Find(new("s") { Rig = "r.yaml" }, root).Fault,
                Does.Contain("r.yaml"));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Test]
    public void Nightly_scenarios_run_only_when_asked_for()
    {
        Test[] tests = [.. Build<ShippedScenarios>()];
        Test nightly = tests.Single(test => test.Name == "safety/checksum");
        Test always = tests.Single(test => test.Name == "safety/agent-killed");
        Assert.That(nightly.RunState, Is.EqualTo(RunState.Explicit));
        Assert.That(nightly.Properties["Category"], Does.Contain("Nightly"));
        Assert.That(always.RunState, Is.EqualTo(RunState.Runnable));
    }

    [Test]
    public void A_suite_without_scenarios_cannot_pass()
    {
        Assert.That(Build<WithoutFolder>().Single().RunState, Is.EqualTo(RunState.NotRunnable));
        Assert.That(Build<WithWrongFolder>().Single().RunState, Is.EqualTo(RunState.NotRunnable));
    }

    private static TestMethod[] Build<T>()
        where T : ScenarioSuite
    {
        IMethodInfo method = new MethodWrapper(typeof(T), nameof(ScenarioSuite.Scenario));
        return [.. new ScenarioCasesAttribute().BuildFrom(method, null)];
    }

    /// <summary>Abstract, so that NUnit builds no fixture of it.</summary>
    private abstract class WithoutFolder : ScenarioSuite;

    /// <summary>Abstract, so that NUnit builds no fixture of it.</summary>
    [ScenarioFolder("no-such-folder-anywhere")]
    private abstract class WithWrongFolder : ScenarioSuite;
}
