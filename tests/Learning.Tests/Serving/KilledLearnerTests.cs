using HilRig.Bridge.Learner;
using HilRig.Core.Episodes;
using HilRig.Recording.Episodes;
using HilRig.Tasks;

namespace HilRig.Learning.Tests.Serving;

public sealed class KilledLearnerTests
{
    [Test, CancelAfter(240_000)]
    public void A_learner_killed_six_times_ends_as_an_unbroken_one(CancellationToken cancel) =>
        KillAndCompare(6, 12, cancel);

    [Test, Category("Nightly"), Explicit, CancelAfter(3_600_000)]
    public void A_learner_killed_200_times_ends_as_an_unbroken_one(CancellationToken cancel) =>
        KillAndCompare(200, 60, cancel);

    [Test, CancelAfter(60_000)]
    public void A_learner_ends_with_its_parent(CancellationToken cancel)
    {
        using var session = new ServedSession();
        Assert.That(session.StartLearner(), Does.StartWith("{\"role\":\"learn\",\"pid\":"));
        Eventually(() => session.Link.Presence == LearnerPresence.Present, cancel);
        Assert.That(session.EndLearner(), Is.Zero);
    }

    private static void KillAndCompare(int kills, int episodes, CancellationToken cancel)
    {
        using var session = new ServedSession();
        List<Episode> recorded = ServedSession.Record(session.Task, episodes);
        (byte[] expected, long updates) = Unbroken(recorded, session.Task);
        var random = new Random(kills);
        session.StartLearner();
        int published = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            for (int until = (kill + 1) * episodes / kills; published < until; published++)
            {
                Publish(session, recorded, published);
            }

            AwaitSomething(session, random, updates, cancel);
            session.KillLearner();
            session.StartLearner();
        }

        Eventually(() => session.IsDone(updates), cancel);
        LearnerPolicy? policy = session.Link.FetchPolicy(TimeSpan.FromSeconds(10));
        session.KillLearner();
        byte[] state = ServedSession.Finish(session.LearnerFolder, session.Task, out long done);
        TestContext.Out.WriteLine($"{kills} kills, {updates} updates, {episodes} episodes");
        Assert.Multiple(() =>
        {
            Assert.That(done, Is.EqualTo(updates));
            Assert.That(state, Is.EqualTo(expected), "state, bit for bit");
            Assert.That(policy!.Label, Is.EqualTo("hybrid"));
            Assert.That(policy.UpdateCount, Is.EqualTo(updates - (updates % 20)));
        });
    }

    // Some of what comes first is waited for: the learner may be at its start, learning the
    // demonstrations, updating or at rest when it is killed.
    private static void AwaitSomething(
        ServedSession session, Random random, long updates, CancellationToken cancel)
    {
        switch (random.Next(4))
        {
            case 0:
                break;
            case 1:
                Eventually(() => session.Link.Presence == LearnerPresence.Present, cancel);
                break;
            case 2:
                long durable = session.CountOf(0);
                Eventually(() => session.Link.DurableCount(0) == durable, cancel);
                break;
            default:
                long before = session.Link.Status?.UpdateCount ?? 0;
                long wanted = Math.Min(updates, before + random.Next(60));
                Eventually(
                    () => session.Link.Status?.UpdateCount >= wanted || IsAtRest(session),
                    cancel);
                break;
        }
    }

    private static bool IsAtRest(ServedSession session) =>
        session.Link.DurableCount(0) == session.CountOf(0)
        && session.Link.Status is { } status
        && status.Figures.GetValueOrDefault("owedRecords", 1) == 0
        && status.Figures.GetValueOrDefault("owedUpdates", 1) == 0;

    private static void Publish(ServedSession session, List<Episode> recorded, int index)
    {
        session.Publish(recorded[index]);
        if (index == 7)
        {
            session.Amend(5, EpisodeVerdict.Discarded);
        }
    }

    private static (byte[] State, long Updates) Unbroken(List<Episode> recorded, IRobotTask task)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("hilrig-unbroken-");
        try
        {
            using var session = new ServedSession();
            for (int i = 0; i < recorded.Count; i++)
            {
                Publish(session, recorded, i);
            }

            using (EpisodeLog copy = EpisodeLog.Open(
                Path.Combine(folder.FullName, "replay.episodes"),
                HilRig.Learning.Training.LogHeader.Of(task.Description)))
            {
                for (long i = 0; i < session.CountOf(0); i++)
                {
                    LearnerRecord record = session.Read(0, i);
                    copy.AppendCopy((EpisodeRecordKind)record.Kind, record.Payload.Span);
                }
            }

            byte[] state = ServedSession.Finish(folder.FullName, task, out long updates);
            return (state, updates);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Eventually(Func<bool> condition, CancellationToken cancel)
    {
        while (!condition())
        {
            cancel.ThrowIfCancellationRequested();
            cancel.WaitHandle.WaitOne(5);
        }
    }
}
