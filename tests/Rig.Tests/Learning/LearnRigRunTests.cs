using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
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
    [CancelAfter(400_000)]
    public void A_session_goes_on_when_its_learner_is_killed_and_a_broken_off_one_is_resumed()
    {
        string run = Path.Combine(_folder, "run");
        using (HilrigRun first = HilrigRun.Start(Arguments(run)))
        {
            // Broken off by a kill of the host, as by a loss of power.
            SpinWait.SpinUntil(
                () => first.Error.Contains("WarmUp", StringComparison.Ordinal),
                TimeSpan.FromSeconds(150));
            Assert.That(first.Error, Does.Contain("WarmUp"), first.Error);
            first.Kill();
        }

        using HilrigRun second = HilrigRun.Start(["learn", "resume", run, "--json"]);

        // The rig stops once: the simulated operator looks at it, and the session goes on.
        KillAgent(second, Path.Combine(run, "processes-01"));
        Assert.That(second.AwaitExit(TimeSpan.FromSeconds(200)), Is.Zero, second.Error);
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
            Assert.That(result.GetProperty("stops").GetInt32(), Is.EqualTo(1));
            JsonElement[] parts = [.. result.GetProperty("parts").EnumerateArray()];
            Assert.That(
                parts.Select(part => part.GetProperty("ending").GetString()),
                Is.EqualTo(new[] { null, "PlantStopped", "Completed" }));
            Assert.That(parts[1].GetProperty("isRearmed").GetBoolean(), Is.True);
            Assert.That(parts[1].GetProperty("stop").GetString(), Is.EqualTo("AgentDied"));
            Assert.That(
                result.GetProperty("wallSeconds").GetDouble(),
                Is.EqualTo(parts.Sum(part => part.GetProperty("wallSeconds").GetDouble()))
                    .Within(1e-9).And.GreaterThan(0));
            JsonElement score = result.GetProperty("score");
            Assert.That(score.GetProperty("starts").GetInt32(), Is.EqualTo(1));
        });
        EpisodeLogContent log = EpisodeLog.Read(Path.Combine(run, "replay.episodes"));
        Assert.That(
            log.Episodes.Count(logged => logged.Episode.Purpose == EpisodePurpose.Evaluation),
            Is.EqualTo(2));

        // A host that is killed between an episode and the line about it loses that line's episode.
        Assert.That(
            result.GetProperty("parts").EnumerateArray()
                .Sum(part => part.GetProperty("episodes").GetInt32()),
            Is.InRange(log.Episodes.Count - 1, log.Episodes.Count));

        // The learner's own log follows the session's, record by record.
        EpisodeLogContent copy = EpisodeLog.Read(Path.Combine(run, "learner", "replay.episodes"));
        Assert.That(copy.RecordCount, Is.GreaterThanOrEqualTo(log.RecordCount - 2));
    }

    private static void KillAgent(HilrigRun run, string processes)
    {
        SpinWait.SpinUntil(
            () => run.Error.Contains("episode", StringComparison.Ordinal),
            TimeSpan.FromSeconds(150));
        string log = Directory.GetFiles(processes, "*.guardian.jsonl").Single();
        using var reader = new StreamReader(
            new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        Match agent = Regex.Match(reader.ReadToEnd(), @"watching agent process (\d+)");
        Assert.That(agent.Success, run.Error);
        using Process process = Process.GetProcessById(
            int.Parse(agent.Groups[1].Value, CultureInfo.InvariantCulture));
        process.Kill();
    }

    // The virtual rig, with a deadman that a busy machine does not trip.
    private string PatientRig()
    {
        string path = Path.Combine(_folder, "patient.yaml");
        File.WriteAllText(path, File.ReadAllText(Repository.File("rigs/peg-virtual.yaml"))
            .Replace("deadman: 600 ms", "deadman: 1 s", StringComparison.Ordinal)
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
