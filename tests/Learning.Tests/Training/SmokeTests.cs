using HilRig.Learning.Agents;
using HilRig.Learning.Training;

namespace HilRig.Learning.Tests.Training;

/// <summary>That learning works at all: one seed of the first row of the table, half its steps.
/// </summary>
public sealed class SmokeTests
{
    [Test]
    [CancelAfter(600_000)]
    public void Ibrl_learns_to_insert_the_peg_and_is_far_better_than_imitation(
        CancellationToken stop)
    {
        string folder = Directory.CreateTempSubdirectory("smoke").FullName;
        try
        {
            var options = new TrainingOptions
            {
                Task = "PegInsert3",
                Seed = 1,
                Steps = 6000,
                Preset = "cpu",
                Demonstrations = 5,
                EvaluationSteps = 3000,
                Agent = AgentPresets.Create(LearningAlgorithm.Ibrl, "cpu"),
            };
            TrainingResult result = TinyRun.Run(
                Path.Combine(folder, "run"), options, new TinyRun.Progress(), stop)!;
            TestContext.Out.WriteLine(FormattableString.Invariant(
                $"IBRL {result.FinalSuccess:0.000}, imitation {result.ImitationSuccess:0.000}, ")
                + FormattableString.Invariant($"{result.CpuSeconds:0} s of processor"));

            Assert.That(result.FinalSuccess, Is.GreaterThanOrEqualTo(0.75));
            Assert.That(
                result.FinalSuccess,
                Is.GreaterThanOrEqualTo(result.ImitationSuccess!.Value + 0.10));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
