using System.Text.Json;
using HilRig.Core.Episodes;
using HilRig.Recording.Episodes;
using HilRig.Rig.Tests.Processes;

namespace HilRig.Rig.Tests.Learning;

[NonParallelizable]
public sealed class LearnRigRunTests
{
    private string _folder = "";

    [SetUp]
    public void RequireLearner()
    {
        string program = Repository.File("artifacts/bin/HilRig.Learning/release/hilrig-learn");
        if (!File.Exists(program))
        {
            Requirement.Unmet(
                "learner", "hilrig-learn is not built: dotnet build src/Learning -c Release");
        }

        _folder = Directory.CreateTempSubdirectory("hilrig-learn-rig").FullName;
    }

    [TearDown]
    public void RemoveFolder()
    {
        if (_folder.Length > 0)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Test]
    [CancelAfter(240_000)]
    public void A_session_goes_on_when_its_learner_is_killed_and_a_broken_off_one_is_resumed()
    {
        string run = Path.Combine(_folder, "run");
        using (HilrigRun first = HilrigRun.Start(Arguments(run)))
        {
            // Broken off by a kill of the host, as by a loss of power.
            SpinWait.SpinUntil(
                () => first.Error.Contains("WarmUp", StringComparison.Ordinal),
                TimeSpan.FromSeconds(90));
            Assert.That(first.Error, Does.Contain("WarmUp"), first.Error);
            first.Kill();
        }

        using HilrigRun second = HilrigRun.Start(["learn", "resume", run, "--json"]);
        Assert.That(second.AwaitExit(TimeSpan.FromSeconds(120)), Is.Zero, second.Error);
        JsonElement result = JsonDocument.Parse(second.Output).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(result.GetProperty("ending").GetString(), Is.EqualTo("Completed"));
            Assert.That(result.GetProperty("demonstrations").GetInt32(), Is.EqualTo(3));
            Assert.That(result.GetProperty("episodes").GetInt32(), Is.EqualTo(4));
            Assert.That(result.GetProperty("limitViolations").GetInt64(), Is.Zero);
            Assert.That(result.GetProperty("staleCommands").GetInt64(), Is.Zero);
            JsonElement learner = result.GetProperty("learner");
            Assert.That(learner.GetProperty("killed").GetInt32(), Is.EqualTo(1));
            Assert.That(learner.GetProperty("restarted").GetInt32(), Is.EqualTo(1));
            Assert.That(learner.GetProperty("updates").GetInt64(), Is.GreaterThan(0));
            JsonElement score = result.GetProperty("score");
            Assert.That(score.GetProperty("starts").GetInt32(), Is.EqualTo(1));
        });
        EpisodeLogContent log = EpisodeLog.Read(Path.Combine(run, "replay.episodes"));
        Assert.That(
            log.Episodes.Count(logged => logged.Episode.Purpose == EpisodePurpose.Evaluation),
            Is.EqualTo(2));

        // The learner's own log follows the session's, record by record.
        EpisodeLogContent copy = EpisodeLog.Read(Path.Combine(run, "learner", "replay.episodes"));
        Assert.That(copy.RecordCount, Is.GreaterThanOrEqualTo(log.RecordCount - 2));
    }

    // The virtual rig, with a deadman that a busy machine does not trip.
    private string PatientRig()
    {
        string path = Path.Combine(_folder, "patient.yaml");
        File.WriteAllText(path, File.ReadAllText(Repository.File("rigs/peg-virtual.yaml"))
            .Replace("deadman: 250 ms", "deadman: 1 s", StringComparison.Ordinal)
            .Replace("../models", Repository.File("models"), StringComparison.Ordinal)
            .Replace("servos/", Repository.File("rigs/servos/"), StringComparison.Ordinal));
        return path;
    }

    private string[] Arguments(string run) =>
    [
        "learn", "ibrl", "--rig", PatientRig(),
        "--task", "PegInsert3", "--demos", "3", "--episodes", "4", "--warm-up", "2",
        "--evaluation", "1", "--kill-learner", "3", "--set", "imitationUpdates=200",
        "--out", run,
    ];
}
