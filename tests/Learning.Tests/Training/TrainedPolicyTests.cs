using HilRig.Core.Errors;
using HilRig.Learning.Agents;
using HilRig.Learning.Health;
using HilRig.Learning.Onnx;
using HilRig.Learning.Training;
using HilRig.Tasks;
using HilRig.Tasks.Policies;

namespace HilRig.Learning.Tests.Training;

public sealed class TrainedPolicyTests
{
    private static readonly IRobotTask Task = TaskCatalogue.Find("PegInsert3");

    private string _path = "";

    [SetUp]
    public void MakeFolder() => _path = Path.Combine(
        Directory.CreateTempSubdirectory("hilrig").FullName, "run");

    [TearDown]
    public void RemoveFolder() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Test]
    public void A_run_ends_with_a_policy_that_its_newest_snapshot_gives_again()
    {
        RunFolder folder = RunFolder.Create(_path, Options());
        TrainingResult result;
        using (var trainer = new Trainer(folder, Task, null, new Silence()))
        {
            result = trainer.Run(CancellationToken.None);
        }

        TaskPolicyFile published = TaskPolicyFile.Load(result.Policy!);
        TaskPolicyFile again = TrainedPolicy.OfNewestSnapshot(folder, Task);
        Assert.Multiple(() =>
        {
            Assert.That(again.EncodeManifest(), Is.EqualTo(published.EncodeManifest()));
            Assert.That(again.Graph.ToArray(), Is.EqualTo(published.Graph.ToArray()));
            Assert.That(published.Manifest.Origin.EnvironmentSteps, Is.EqualTo(result.Steps));
            Assert.That(
                published.Manifest.Origin.ConfigurationSha256, Is.EqualTo(folder.ConfigSha256));
            Assert.That(
                new PolicyShelf(folder.Policies).Add(again), Is.EqualTo(result.Policy));
        });
    }

    [Test]
    public void A_run_without_a_snapshot_has_nothing_to_export() =>
        Assert.That(
            () => TrainedPolicy.OfNewestSnapshot(RunFolder.Create(_path, Options()), Task),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("no snapshot"));

    private static TrainingOptions Options() => new()
    {
        Task = Task.Description.Name,
        Seed = 1,
        Steps = 250,
        Preset = "cpu",
        Demonstrations = 2,
        EvaluationStarts = 1,
        FinalStarts = 1,
        Agent = AgentPresets.Create(LearningAlgorithm.Ibrl, "cpu") with
        {
            HiddenCount = 16,
            ImitationHiddenCount = 16,
            BatchSize = 16,
            WarmUpEpisodes = 1,
            ImitationUpdates = 20,
        },
    };

    private sealed class Silence : ITrainingProgress
    {
        public void Say(string sentence)
        {
        }

        public void Advance(string phase, long done, long total)
        {
        }

        public void Score(CurvePoint point, HealthFigures health)
        {
        }
    }
}
