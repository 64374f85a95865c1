using System.Reflection;
using System.Reflection.Emit;
using HilRig.Scenarios.Tests.Fakes;
using HilRig.Testing;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace HilRig.Scenarios.Tests.Suites;

/// <summary>A whole suite run by NUnit itself, with a script in the place of the program.</summary>
[NonParallelizable]
[Platform(Exclude = "Win", Reason = "the fake program is a shell script")]
public sealed class SuiteRunTests
{
    private const string Variable = "HILRIG_PROGRAM";

    /// <summary>Answers by the name of the scenario, which is its second argument.</summary>
    private const string Script = """
        here="$(dirname "$0")"
        case "$2" in
          *pass.yaml) cat "$here/pass.json"; exit 0 ;;
          *fail.yaml) cat "$here/fail.json"; echo "the elbow" >&2; exit 30 ;;
          *shaky.yaml)
            if [ -f "$here/shaken" ]; then cat "$here/pass.json"; exit 0; fi
            touch "$here/shaken"; cat "$here/error.json"; exit 50 ;;
          *broken.yaml) cat "$here/error.json"; exit 50 ;;
        esac
        trap 'exit 40' TERM
        while :; do sleep 0.05; done
        """;

    private static readonly string[] Scenarios = ["broken", "fail", "hang", "pass", "shaky"];

    private Dictionary<string, ITestResult> _results = [];

    [OneTimeSetUp]
    public void Run_the_suite()
    {
        using FakeProgram program = FakeProgram.Of(Script);
        foreach (string scenario in Scenarios)
        {
            program.Write(scenario + ".yaml", "");
        }

        program.Write("report.html", "<html></html>");
        program.Write("pass.json", program.Contract("Pass", 0));
        program.Write("fail.json", program.Contract("Fail", 30));
        program.Write("error.json", program.Contract("RigError", 50));
        string? before = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, program.Path);
        try
        {
            var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
            runner.Load(
                SuiteOver(program.Folder),
                new Dictionary<string, object> { ["NumberOfTestWorkers"] = 0 });
            ITestResult result = runner.Run(TestListener.NULL, TestFilter.Empty);
            _results = Leaves(result).ToDictionary(leaf => leaf.Name);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }

    [Test]
    public void Every_file_of_the_folder_was_a_test() =>
        Assert.That(_results.Keys, Is.EquivalentTo(Scenarios));

    [Test]
    public void A_pass_passes_with_its_figures_and_attachments()
    {
        ITestResult pass = _results["pass"];
        Assert.That(pass.ResultState, Is.EqualTo(ResultState.Success));
        Assert.That(pass.Output, Does.Contain("latency/endToEnd"));
        Assert.That(
            pass.TestAttachments.Select(file => Path.GetFileName(file.FilePath)),
            Is.EqualTo(new[] { "report.html" }));
        Assert.That(pass.Test.Properties.Get("Verdict"), Is.EqualTo("Pass"));
        Assert.That(pass.Test.Properties.Get("Attempts"), Is.EqualTo(1));
        Assert.That(pass.Test.Properties["Category"], Does.Contain("Scenario"));
    }

    [Test]
    public void A_failure_fails_with_its_reason()
    {
        ITestResult fail = _results["fail"];
        Assert.That(fail.ResultState.Status, Is.EqualTo(TestStatus.Failed));
        Assert.That(fail.Message, Does.Contain("because of the elbow"));
        Assert.That(fail.Output, Does.Contain("the elbow"));
        Assert.That(fail.Test.Properties.Get("Attempts"), Is.EqualTo(1), "it is a verdict");
    }

    [Test]
    public void A_scenario_whose_rig_failed_is_run_again_and_both_attempts_are_told()
    {
        ITestResult shaky = _results["shaky"];
        Assert.That(shaky.ResultState, Is.EqualTo(ResultState.Success));
        Assert.That(shaky.Test.Properties.Get("Attempts"), Is.EqualTo(2));
        Assert.That(shaky.Output, Does.Contain("attempt 1 of 2 ended as RigError"));
    }

    [Test]
    public void A_rig_that_fails_each_time_fails_the_test_after_the_last_attempt()
    {
        ITestResult broken = _results["broken"];
        Assert.That(broken.ResultState.Status, Is.EqualTo(TestStatus.Failed));
        Assert.That(broken.Test.Properties.Get("Attempts"), Is.EqualTo(2));
        Assert.That(broken.Message, Does.Contain("RigError"));
    }

    [Test]
    public void A_scenario_that_takes_too_long_is_interrupted_and_fails()
    {
        ITestResult hang = _results["hang"];
        Assert.That(hang.ResultState.Status, Is.EqualTo(TestStatus.Failed));
        Assert.That(hang.Message, Does.Contain("interrupted and ended with 40"));
        Assert.That(hang.Test.Properties.Get("Attempts"), Is.EqualTo(1), "its time was up");
    }

    /// <summary>
    /// An assembly with one suite over this folder, as its owner would write it. Made here so that
    /// the runner of this assembly does not find it too.
    /// </summary>
    private static AssemblyBuilder SuiteOver(string folder)
    {
        Type attribute = typeof(ScenarioFolderAttribute);
        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(
            new AssemblyName("Owner"), AssemblyBuilderAccess.Run);
        TypeBuilder suite = assembly.DefineDynamicModule("Owner").DefineType(
            "OwnerScenarios", TypeAttributes.Public | TypeAttributes.Sealed, typeof(ScenarioSuite));
        suite.SetCustomAttribute(new CustomAttributeBuilder(
            attribute.GetConstructor([typeof(string)])!,
            [folder],
            [
                attribute.GetProperty(nameof(ScenarioFolderAttribute.TimeoutSeconds))!,
                attribute.GetProperty(nameof(ScenarioFolderAttribute.AttemptsMax))!,
            ],
            [2, 2]));
        suite.CreateType();
        return assembly;
    }

    private static IEnumerable<ITestResult> Leaves(ITestResult result) =>
        result.HasChildren ? result.Children.SelectMany(Leaves) : [result];
}
