using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Core.Sampling;
using HilRig.Learning.Agents;
using HilRig.Learning.Training;
using HilRig.Recording.Episodes;

namespace HilRig.Learning.Tests.Training;

public sealed class ResumeTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("resume").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("Bc")]
    [TestCase("Td3")]
    [TestCase("Ibrl")]
    [TestCase("Rlpd")]
    [TestCase("Rft")]
    public void A_run_that_was_cut_off_again_and_again_ends_as_an_unbroken_one_bit_for_bit(
        string name)
    {
        var algorithm = Enum.Parse<LearningAlgorithm>(name);
        TrainingOptions options = TinyRun.Options(algorithm);
        string whole = Path.Combine(_folder, "whole");
        string broken = Path.Combine(_folder, "broken");
        TrainingResult unbroken = TinyRun.Run(
            whole, options, new TinyRun.Progress(), CancellationToken.None)!;
        TrainingResult? resumed = null;
        var random = new CounterRandom(7, 1);
        int cuts = 0;
        while (resumed is null)
        {
            // Counts steps and updates of the imitation alike; the first cut is in the latter.
            long left = cuts == 0 ? 10 : 30 + (long)(120 * random.Unit((ulong)cuts));
            using var stop = new CancellationTokenSource();
            resumed = TinyRun.Run(
                broken,
                options,
                new TinyRun.Progress((_, _) =>
                {
                    if (--left == 0)
                    {
                        stop.Cancel();
                    }
                }),
                cuts > 40 ? CancellationToken.None : stop.Token);
            cuts++;
        }

        (byte[] State, byte[] Log, string Curve) expected = TinyRun.Read(whole);
        (byte[] State, byte[] Log, string Curve) found = TinyRun.Read(broken);
        Assert.Multiple(() =>
        {
            Assert.That(cuts, Is.GreaterThan(algorithm == LearningAlgorithm.Bc ? 1 : 4));
            Assert.That(found.Curve, Is.EqualTo(expected.Curve));
            Assert.That(found.Log.AsSpan().SequenceEqual(expected.Log), "log");
            Assert.That(found.State.AsSpan().SequenceEqual(expected.State), "state");
            Assert.That(resumed.FinalSuccess, Is.EqualTo(unbroken.FinalSuccess));
            Assert.That(resumed.Steps, Is.EqualTo(options.Steps));
        });
    }

    [Test]
    public void Without_any_intact_snapshot_the_log_alone_brings_the_run_back()
    {
        TrainingOptions options = TinyRun.Options(LearningAlgorithm.Ibrl);
        string path = Path.Combine(_folder, "run");
        TinyRun.Run(path, options, new TinyRun.Progress(), CancellationToken.None);
        (byte[] State, byte[] Log, string Curve) expected = TinyRun.Read(path);
        foreach (string file in Directory.GetFiles(
            Path.Combine(path, "snapshots"), "state.bin", SearchOption.AllDirectories))
        {
            File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);
        }

        var progress = new TinyRun.Progress();
        TinyRun.Run(path, options, progress, CancellationToken.None);

        (byte[] State, byte[] Log, string Curve) found = TinyRun.Read(path);
        Assert.That(progress.Said, Has.Exactly(3).Contains("damaged"));
        Assert.That(found.State.AsSpan().SequenceEqual(expected.State));
        Assert.That(found.Log.AsSpan().SequenceEqual(expected.Log));
    }

    [Test]
    public void A_log_that_was_cut_off_is_named_and_one_that_lacks_episodes_refused()
    {
        TrainingOptions options = TinyRun.Options(LearningAlgorithm.Ibrl);
        string path = Path.Combine(_folder, "run");
        TinyRun.Run(path, options, new TinyRun.Progress(), CancellationToken.None);
        byte[] log = File.ReadAllBytes(Path.Combine(path, "replay.episodes"));
        File.WriteAllBytes(Path.Combine(path, "replay.episodes"), log[..^5]);

        var progress = new TinyRun.Progress();
        Assert.That(
            () => TinyRun.Run(path, options, progress, CancellationToken.None),
            Throws.TypeOf<RecordingException>()
                .With.Message.Contains("shorter than its snapshot knows"));
        Assert.That(progress.Said, Has.One.Contains("cut off while it was written"));
    }

    [Test]
    public void A_folder_of_another_configuration_is_refused()
    {
        TrainingOptions options = TinyRun.Options(LearningAlgorithm.Bc);
        string path = Path.Combine(_folder, "run");
        TinyRun.Run(path, options, new TinyRun.Progress(), CancellationToken.None);

        Assert.That(
            () => RunFolder.Create(path, options with { Seed = 4 }),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("another configuration"));

        // A person edits the configuration behind the run's back.
        File.WriteAllText(
            Path.Combine(path, "config.json"), OptionText.Write(options with { Seed = 4 }));
        Assert.That(
            () => TinyRun.Run(
                path, options with { Seed = 4 }, new TinyRun.Progress(), CancellationToken.None),
            Throws.TypeOf<RecordingException>().With.Message.Contains("another configuration"));
    }

    [Test]
    public void A_verdict_given_while_learning_is_learnt_from()
    {
        TrainingOptions options = TinyRun.Options(LearningAlgorithm.Ibrl);
        string path = Path.Combine(_folder, "run");
        string log = Path.Combine(path, "replay.episodes");
        bool isGiven = false;
        TinyRun.Run(
            path,
            options,
            new TinyRun.Progress((phase, steps) =>
            {
                if (steps > 300 && phase == "learning" && !isGiven)
                {
                    isGiven = true;
                    EpisodeLog.Relabel(
                        log,
                        new VerdictAmendment(
                            Guid.NewGuid(),
                            0,
                            EpisodeVerdict.Success,
                            VerdictSource.Correction,
                            "test",
                            "it was in",
                            DateTimeOffset.UnixEpoch));
                }
            }),
            CancellationToken.None);
        string plain = Path.Combine(_folder, "plain");
        TinyRun.Run(plain, options, new TinyRun.Progress(), CancellationToken.None);

        Assert.That(
            EpisodeLog.Read(log).Episodes[0].Episode.Verdict,
            Is.EqualTo(EpisodeVerdict.Success));
        Assert.That(
            TinyRun.Read(path).State.AsSpan().SequenceEqual(TinyRun.Read(plain).State), Is.False);
    }
}
