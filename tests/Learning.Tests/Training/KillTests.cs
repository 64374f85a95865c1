using System.Diagnostics;
using HilRig.Core.Sampling;
using HilRig.Learning.Agents;
using HilRig.Learning.Training;
using HilRig.Recording.Episodes;

namespace HilRig.Learning.Tests.Training;

/// <summary>`kill -9` of the training process at any time.</summary>
public sealed class KillTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("kill").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    [CancelAfter(120_000)]
    public void Eight_kills_lose_at_most_the_episode_in_progress(CancellationToken stop) =>
        KillAgainAndAgain(8, stop);

    [Test]
    [Category("Nightly")]
    [Explicit("Ten minutes; bench/learn and nightly runs do it.")]
    [CancelAfter(1_800_000)]
    public void Two_hundred_kills_lose_at_most_the_episode_in_progress(CancellationToken stop) =>
        KillAgainAndAgain(200, stop);

    private void KillAgainAndAgain(int wanted, CancellationToken stop)
    {
        var random = new CounterRandom(11, 3);
        int kills = 0;
        for (ulong seed = 1; kills < wanted; seed++)
        {
            TrainingOptions options = TinyRun.Options(LearningAlgorithm.Ibrl) with
            {
                Seed = seed,
                Steps = 3000,
                SnapshotSteps = 300,
            };
            string path = Path.Combine(_folder, FormattableString.Invariant($"broken{seed}"));
            RunFolder folder = RunFolder.Create(path, options);
            byte[] before = [];
            while (folder.ReadResult() is null)
            {
                // From before torch has loaded to well into the run, a little past the last log.
                int milliseconds = 100 + (int)(1900 * random.Unit((ulong)kills));
                if (EndOrKill(path, kills < wanted ? milliseconds : -1, stop))
                {
                    kills++;
                }

                byte[] after = WholeRecords(folder.Replay);
                Assert.That(
                    after.AsSpan().StartsWith(before), "an episode that was kept is gone");
                before = after;
            }

            string whole = Path.Combine(_folder, FormattableString.Invariant($"whole{seed}"));
            TinyRun.Run(whole, options, new TinyRun.Progress(), stop);
            (byte[] State, byte[] Log, string Curve) expected = TinyRun.Read(whole);
            (byte[] State, byte[] Log, string Curve) found = TinyRun.Read(path);
            Assert.That(found.Curve, Is.EqualTo(expected.Curve));
            Assert.That(found.Log.AsSpan().SequenceEqual(expected.Log), "log");
            Assert.That(found.State.AsSpan().SequenceEqual(expected.State), "state");
        }

        TestContext.Out.WriteLine($"{kills} kills");
    }

    private static bool EndOrKill(string path, int milliseconds, CancellationToken stop)
    {
        using Process process = LearnProcess.Start("resume", path);
        using CancellationTokenRegistration end = stop.Register(process.Kill);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        if (!process.WaitForExit(milliseconds))
        {
            process.Kill();
            process.WaitForExit();
            return true;
        }

        Assert.That(process.ExitCode, Is.Zero, error.GetAwaiter().GetResult());
        return false;
    }

    private static byte[] WholeRecords(string log)
    {
        if (!File.Exists(log))
        {
            return [];
        }

        long torn = EpisodeLog.Read(log).TornBytes;
        return File.ReadAllBytes(log)[..^(int)torn];
    }
}
