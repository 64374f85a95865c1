using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;

namespace HilRig.Testing.Building;

/// <summary>Builds one test case a scenario file of the folder that the fixture names.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ScenarioCasesAttribute : NUnitAttribute, ITestBuilder, IImplyFixture
{
    private readonly NUnitTestCaseBuilder _builder = new();

    /// <inheritdoc/>
    public IEnumerable<TestMethod> BuildFrom(IMethodInfo method, Test? suite)
    {
        ArgumentNullException.ThrowIfNull(method);
        ScenarioFolderAttribute? folder = FolderOf(method.TypeInfo.Type);
        if (folder is null)
        {
            yield return NotRunnable(method, suite, "Give the suite a [ScenarioFolder(\"…\")].");
            yield break;
        }

        (IReadOnlyList<ScenarioCase> cases, string? fault) =
            ScenarioFiles.Find(folder, AppContext.BaseDirectory);
        if (fault is not null)
        {
            yield return NotRunnable(method, suite, fault);
        }

        foreach (ScenarioCase scenario in cases)
        {
            var parameters = new TestCaseParameters([scenario]) { TestName = scenario.Name };
            parameters.Properties.Add(PropertyNames.Category, "Scenario");
            if (Array.IndexOf(folder.Nightly, scenario.Name) >= 0)
            {
                parameters.Properties.Add(PropertyNames.Category, "Nightly");
                parameters.RunState = RunState.Explicit;
            }

            // What [CancelAfter] sets: a token that is cancelled when the time is up.
            parameters.Properties.Set(
                PropertyNames.Timeout, 1000 * folder.TimeoutSeconds * folder.AttemptsMax);
            parameters.Properties.Set(PropertyNames.UseCancellation, true);
            yield return _builder.BuildTestMethod(method, suite, parameters);
        }
    }

    private static ScenarioFolderAttribute? FolderOf(Type? fixture) =>
        fixture is null ? null : (ScenarioFolderAttribute?)Attribute.GetCustomAttribute(
            fixture, typeof(ScenarioFolderAttribute));

    private TestMethod NotRunnable(IMethodInfo method, Test? suite, string reason)
    {
        var parameters = new TestCaseParameters([null]) { RunState = RunState.NotRunnable };
        parameters.Properties.Set(PropertyNames.SkipReason, reason);
        return _builder.BuildTestMethod(method, suite, parameters);
    }
}
