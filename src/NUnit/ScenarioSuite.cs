using System.Globalization;
using HilRig.Testing.Building;
using HilRig.Testing.Running;
using HilRig.Testing.Verdicts;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace HilRig.Testing;

/// <summary>
/// A folder of scenarios as test cases. Derive from it, name the folder with
/// <see cref="ScenarioFolderAttribute"/>; nothing else is needed. Every case runs
/// <c>hilrig run --json</c> as a child process, so a crashed or cancelled test host holds no loop.
/// </summary>
[TestFixture]
[NonParallelizable]
public abstract class ScenarioSuite
{
    /// <summary>Runs one scenario and passes judgement on it.</summary>
    /// <param name="scenario">The scenario.</param>
    [ScenarioCases]
    public async Task Scenario(ScenarioCase scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ScenarioFacts facts = ScenarioFacts.Read(scenario);
        if (facts.MissingInput is { } missing)
        {
            Apply(MissingInput.Judge(missing, Requirements.FromEnvironment()));
        }

        for (int attempt = 1; ; attempt++)
        {
            ProgramOutput output = await RunAsync(scenario).ConfigureAwait(false);
            var report = ProgramReport.Read(output);
            Publish(report, output, attempt);
            string? excuse = Excuse.Of(report, output, facts);
            if (excuse is null || attempt >= scenario.AttemptsMax)
            {
                Apply(Judgement.Of(report, output, facts, Requirements.FromEnvironment()));
                return;
            }

            // Seen at once in the log of whoever watches, and kept in the test's output.
            string again = $"{scenario.Name}: attempt {attempt} of {scenario.AttemptsMax} ended as "
                + $"{report.Verdict}; {excuse}; it is run again. {report.Explanation}";
            await TestContext.Progress.WriteLineAsync(again).ConfigureAwait(false);
            await TestContext.Out.WriteLineAsync(again).ConfigureAwait(false);
        }
    }

    private static async Task<ProgramOutput> RunAsync(ScenarioCase scenario)
    {
        string folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "runs");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.CurrentContext.CancellationToken);
        ending.CancelAfter(scenario.Timeout);
        return await HilRigProgram.Locate(AppContext.BaseDirectory)
            .RunAsync(Arguments(scenario, folder), ending.Token).ConfigureAwait(false);
    }

    private static IEnumerable<string> Arguments(ScenarioCase scenario, string folder)
    {
        yield return "run";
        yield return scenario.Path;
        yield return "--json";
        yield return "--out";
        yield return folder;
        if (scenario.Rig is not null)
        {
            yield return "--rig";
            yield return scenario.Rig;
        }

        if (scenario.Repeat > 0)
        {
            yield return "--repeat";
            yield return scenario.Repeat.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static void Publish(ProgramReport report, ProgramOutput output, int attempt)
    {
        TestContext.Out.WriteLine(report.Figures);
        if (output.StandardError.Length > 0)
        {
            TestContext.Out.WriteLine(output.StandardError);
        }

        IPropertyBag properties = TestExecutionContext.CurrentContext.CurrentTest.Properties;
        properties.Set("Verdict", report.Verdict.ToString());
        properties.Set("Attempts", attempt);
        foreach (string file in report.Files)
        {
            TestContext.AddTestAttachment(file, Path.GetFileName(file));
        }
    }

    private static void Apply(Judgement judgement)
    {
        switch (judgement.Outcome)
        {
            case Outcome.Pass:
                return;
            case Outcome.Fail:
                Assert.Fail(judgement.Message);
                return;
            case Outcome.Skip:
                Assert.Ignore(judgement.Message);
                return;
            case Outcome.Inconclusive:
                Assert.Inconclusive(judgement.Message);
                return;
            default:
                throw new InvalidOperationException("HilRig bug: unknown outcome");
        }
    }
}
