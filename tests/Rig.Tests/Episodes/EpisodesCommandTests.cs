using System.Text.Json;
using HilRig.Core.Episodes;
using HilRig.Recording.Episodes;
using HilRig.Rig.Tests.Processes;

namespace HilRig.Rig.Tests.Episodes;

[CancelAfter(60_000)]
internal sealed class EpisodesCommandTests
{
    private DirectoryInfo _folder = null!;

    private string Log => Path.Combine(_folder.FullName, "replay.episodes");

    private static EpisodeLogHeader Header { get; } = new()
    {
        Task = "Stack",
        PeriodSeconds = 0.05,
        Observation = [new("joint/x/position", "m", 0, 0.1)],
        Action = [new("joint/x/goal", "m", 0, 0.02)],
    };

    [SetUp]
    public void MakeLog()
    {
        _folder = Directory.CreateTempSubdirectory("hilrig-episodes-");
        using EpisodeLog log = EpisodeLog.Open(Log, Header);
        log.Append(Episode(EpisodeVerdict.Success));
        log.Append(Episode(EpisodeVerdict.Failure));
    }

    [TearDown]
    public void RemoveLog() => _folder.Delete(recursive: true);

    [Test]
    public void A_verdict_is_corrected_and_both_are_shown()
    {
        (int code, string said, string error) = HilrigRun.ToEnd(
            "episodes", "relabel", Log, "1", "success", "--why", "seen on video", "--by", "mia");
        Assert.That(code, Is.Zero, error);
        Assert.That(said, Does.Contain("episode 1 counts as success"));

        (_, string list, _) = HilrigRun.ToEnd("episodes", "list", _folder.FullName);
        (_, string json, _) = HilrigRun.ToEnd("episodes", "show", Log, "1", "--json");
        (_, string text, _) = HilrigRun.ToEnd("episodes", "show", _folder.FullName, "1");
        using JsonDocument shown = JsonDocument.Parse(json);
        JsonElement episode = shown.RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(list, Does.Contain("2 successes of 2").And.Contain("success (corr.)"));
            Assert.That(episode.GetProperty("verdict").GetString(), Is.EqualTo("success"));
            Assert.That(episode.GetProperty("firstVerdict").GetString(), Is.EqualTo("failure"));
            Assert.That(
                episode.GetProperty("amendments")[0].GetProperty("why").GetString(),
                Is.EqualTo("seen on video"));
            Assert.That(
                episode.GetProperty("steps")[1].GetProperty("reward").GetDouble(), Is.EqualTo(1));
            Assert.That(
                episode.GetProperty("steps")[0].GetProperty("imitationValue").ValueKind,
                Is.EqualTo(JsonValueKind.Null));
            Assert.That(text, Does.Contain("then success by mia").And.Contain("clipped"));
            Assert.That(text.Split('\n').Max(line => line.Length), Is.LessThanOrEqualTo(80));
        });
    }

    [Test]
    public void A_verdict_waits_while_a_run_has_the_log_open()
    {
        using EpisodeLog open = EpisodeLog.Open(Log, Header);
        (int code, string said, _) = HilrigRun.ToEnd(
            "episodes", "relabel", Log, "0", "discard", "--why", "wrong start", "--by", "mia");
        (_, string json, _) = HilrigRun.ToEnd("episodes", "list", Log, "--json");
        using JsonDocument listed = JsonDocument.Parse(json);
        JsonElement log = listed.RootElement.GetProperty("logs")[0];
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero);
            Assert.That(said, Does.Contain("between episodes"));
            Assert.That(log.GetProperty("pendingVerdicts").GetInt32(), Is.EqualTo(1));
            Assert.That(
                log.GetProperty("episodes")[0].GetProperty("verdict").GetString(),
                Is.EqualTo("discarded"));
            Assert.That(open.TakePending(), Has.Count.EqualTo(1));
        });
    }

    [TestCase("episodes", "show", "LOG", "2")]
    [TestCase("episodes", "relabel", "LOG", "7", "success", "--why", "x", "--by", "mia")]
    public void A_missing_episode_is_named(params string[] arguments)
    {
        (int code, _, string error) = HilrigRun.ToEnd(
            [.. arguments.Select(word => word == "LOG" ? Log : word)]);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(64));
            Assert.That(error, Does.Contain("no such episode").And.Contain("0 to 1"));
        });
    }

    [Test]
    public void A_file_that_is_no_log_is_named()
    {
        string other = Path.Combine(_folder.FullName, "other.txt");
        File.WriteAllText(other, "not a log of episodes at all");
        (int code, _, string error) = HilrigRun.ToEnd("episodes", "list", other);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(50));
            Assert.That(error, Does.Contain("no whole episode log").And.Contain(other));
        });
    }

    private static Episode Episode(EpisodeVerdict verdict) => new()
    {
        Task = "Stack",
        Purpose = EpisodePurpose.Training,
        StartIndex = 3,
        StartSeed = 1,
        Observations = [0, 0.1f, 0.2f],
        Actions = [0.5f, -1],
        Proposers = [Proposer.Imitation, Proposer.Reinforcement],
        ReinforcementValues = [0.25f, 0.5f],
        ImitationValues = [float.NaN, 0.25f],
        Flags = [StepFlags.Clipped, StepFlags.None],
        End = EpisodeEnd.TimedOut,
        Verdict = verdict,
        Operator = "mia",
    };
}
