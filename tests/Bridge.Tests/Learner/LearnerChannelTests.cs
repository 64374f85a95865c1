using System.Diagnostics;
using HilRig.Bridge.Learner;
using NetMQ;
using NetMQ.Sockets;

namespace HilRig.Bridge.Tests.Learner;

[CancelAfter(60_000)]
public sealed class LearnerChannelTests
{
    [Test]
    public void Records_arrive_in_order_and_are_acknowledged(CancellationToken cancel)
    {
        var logs = new ChannelEnds();
        logs.Publish(1, 3);
        using var link = new LearnerLink(ChannelEnds.Terms, logs);
        using LearnerDesk desk = ChannelEnds.Desk(link.Endpoint);
        long[] kept = [0, 0];
        List<string> first = ChannelEnds.Take(desk, 3, cancel, kept);
        logs.Publish(1, 50);
        List<string> rest = ChannelEnds.Take(desk, 47, cancel, kept);
        Eventually.Holds(() => link.DurableCount(1) == 50, cancel);
        Assert.Multiple(() =>
        {
            Assert.That(
                first.Concat(rest),
                Is.EqualTo(Enumerable.Range(0, 50).Select(i => $"log 1 record {i}")));
            Assert.That(link.DurableCount(0), Is.Zero);
            Assert.That(link.Presence, Is.EqualTo(LearnerPresence.Present));
            Assert.That(desk.Counters.RecordsOutOfOrder, Is.Zero);
        });
    }

    [Test]
    public void No_more_than_a_window_is_under_way(CancellationToken cancel)
    {
        var logs = new ChannelEnds();
        logs.Publish(0, 100);
        using var link = new LearnerLink(ChannelEnds.Terms, logs);
        using LearnerDesk desk = ChannelEnds.Desk(link.Endpoint);
        Eventually.Holds(() => desk.Counters.RecordsReceived == 16, cancel);
        ChannelEnds.Take(desk, 1, cancel);
        Eventually.Holds(() => desk.Counters.RecordsReceived == 17, cancel);
        Assert.That(link.Counters.RecordsSent, Is.EqualTo(17));
    }

    [Test]
    public void A_learner_that_comes_back_is_sent_what_it_lacks(CancellationToken cancel)
    {
        var logs = new ChannelEnds();
        logs.Publish(0, 5);
        using var link = new LearnerLink(ChannelEnds.Terms, logs);
        using (LearnerDesk first = ChannelEnds.Desk(link.Endpoint))
        {
            ChannelEnds.Take(first, 3, cancel);
        }

        Eventually.Holds(() => link.Presence == LearnerPresence.Lost, cancel);
        logs.Publish(0, 7);
        using LearnerDesk second = ChannelEnds.Desk(link.Endpoint, 3, 0);
        Assert.That(
            ChannelEnds.Take(second, 4, cancel, [3, 0]),
            Is.EqualTo(new[] { 3, 4, 5, 6 }.Select(i => $"log 0 record {i}")));
    }

    [Test]
    public void A_session_that_comes_back_is_greeted_and_goes_on(CancellationToken cancel)
    {
        var logs = new ChannelEnds();
        logs.Publish(0, 2);
        var link = new LearnerLink(ChannelEnds.Terms, logs);
        int port = new Uri(link.Endpoint).Port;
        using LearnerDesk desk = ChannelEnds.Desk(link.Endpoint);
        long[] kept = [0, 0];
        ChannelEnds.Take(desk, 2, cancel, kept);
        link.Dispose();
        Eventually.Holds(() => desk.Presence == LearnerPresence.Lost, cancel);
        logs.Publish(0, 4);
        using var again = new LearnerLink(ChannelEnds.Terms, logs, port);
        Assert.That(
            ChannelEnds.Take(desk, 2, cancel, kept),
            Is.EqualTo(new[] { "log 0 record 2", "log 0 record 3" }));
    }

    [Test]
    public void How_the_learner_is_and_its_newest_policy_come_over(CancellationToken cancel)
    {
        using var link = new LearnerLink(ChannelEnds.Terms, new ChannelEnds());
        Assert.That(link.FetchPolicy(ChannelEnds.Short), Is.Null);
        using LearnerDesk desk = ChannelEnds.Desk(link.Endpoint);
        desk.Tell(new LearnerStatus
        {
            UpdateCount = 17,
            Phase = "updating",
            Figures = new Dictionary<string, double> { ["q_max"] = 0.75 },
            Alarms = ["no success in 20 episodes"],
        });
        desk.Offer(ChannelEnds.Policy(1));
        Eventually.Holds(() => link.OfferedSequence == 1, cancel);
        LearnerPolicy first = link.FetchPolicy(TimeSpan.FromSeconds(30))!;
        desk.Offer(ChannelEnds.Policy(2, 5_000_000));
        Eventually.Holds(() => link.OfferedSequence == 2, cancel);
        LearnerPolicy second = link.FetchPolicy(TimeSpan.FromSeconds(30))!;
        Eventually.Holds(() => link.Status?.UpdateCount == 17, cancel);
        Assert.Multiple(() =>
        {
            Assert.That(first.Sha256, Is.EqualTo(ChannelEnds.Policy(1).Sha256));
            Assert.That(
                (second.Sequence, second.Label, second.UpdateCount),
                Is.EqualTo((2, "hybrid", 2000)));
            Assert.That(second.Onnx.Length, Is.EqualTo(5_000_000));
            Assert.That(link.Status!.Figures["q_max"], Is.EqualTo(0.75));
            Assert.That(link.Status!.Alarms, Is.EqualTo(new[] { "no success in 20 episodes" }));
        });
    }

    [TestCase("Push", "c0ffee", 0, "Another task: expected Stack, found Push")]
    [TestCase("Stack", "bad", 0, "Another configuration: expected c0ffee, found bad")]
    [TestCase("Stack", "c0ffee", 9, "none of this run: expected at most 2 records")]
    public void A_learner_that_does_not_fit_is_rejected_by_name(
        string task, string config, long received, string reason, CancellationToken cancel)
    {
        var logs = new ChannelEnds();
        logs.Publish(0, 2);
        using var link = new LearnerLink(ChannelEnds.Terms, logs);
        using var desk = new LearnerDesk(new LearnerDeskOptions
        {
            Endpoint = link.Endpoint,
            Terms = new LearnerTerms(task, config, 2),
            RecordCounts = [received, 0],
        });
        Eventually.Holds(() => desk.Presence == LearnerPresence.Rejected, cancel);
        Assert.Multiple(() =>
        {
            Assert.That(desk.Rejection, Does.Contain(reason));
            Assert.That(link.Rejection, Does.Contain(reason));
        });
    }

    [Test]
    public void A_second_learner_waits_until_the_first_is_gone(CancellationToken cancel)
    {
        using var link = new LearnerLink(ChannelEnds.Terms, new ChannelEnds());
        LearnerDesk first = ChannelEnds.Desk(link.Endpoint);
        Eventually.Holds(() => first.Presence == LearnerPresence.Present, cancel);
        using LearnerDesk second = ChannelEnds.Desk(link.Endpoint);
        second.Tell(new LearnerStatus { UpdateCount = 2, Phase = "second" });
        Eventually.Holds(() => link.Status is not null, cancel);
        Assert.That(second.Presence, Is.EqualTo(LearnerPresence.Awaited));
        first.Dispose();
        Eventually.Holds(() => link.Status?.Phase == "second", cancel);
        Assert.That(link.Counters.Losses, Is.EqualTo(1));
    }

    [Test]
    public void What_makes_no_sense_is_counted_and_harms_nobody(CancellationToken cancel)
    {
        var logs = new ChannelEnds();
        logs.Publish(0, 1);
        using var link = new LearnerLink(ChannelEnds.Terms, logs);
        using (var stranger = new DealerSocket())
        {
            stranger.Connect(link.Endpoint);
            var random = new Random(11);
            for (int i = 0; i < 200; i++)
            {
                byte[] bytes = new byte[1 + random.Next(60)];
                random.NextBytes(bytes);
                bytes[0] = (byte)(i % 12);
                stranger.SendFrame(bytes);
            }

            stranger.SendMoreFrame("two").SendFrame("frames");
            Eventually.Holds(() => link.Counters.Malformed > 50, cancel);
        }

        using LearnerDesk desk = ChannelEnds.Desk(link.Endpoint);
        Assert.That(ChannelEnds.Take(desk, 1, cancel), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_killed_learner_is_noticed(CancellationToken cancel)
    {
        var logs = new ChannelEnds();
        using var link = new LearnerLink(ChannelEnds.Terms, logs);
        var start = new ProcessStartInfo(
            "dotnet", [typeof(LearnerChannelTests).Assembly.Location, link.Endpoint]);
        using Process child = Process.Start(start)!;
        try
        {
            Eventually.Holds(() => link.Presence == LearnerPresence.Present, cancel);
            logs.Publish(1, 4);
            Eventually.Holds(() => link.DurableCount(1) == 4, cancel);
        }
        finally
        {
            child.Kill();
            child.WaitForExit();
        }

        long killed = Stopwatch.GetTimestamp();
        Eventually.Holds(() => link.Presence == LearnerPresence.Lost, cancel);
        TimeSpan noticed = Stopwatch.GetElapsedTime(killed);
        TestContext.Out.WriteLine($"noticed after {noticed.TotalSeconds:F2} s");
        Assert.That(link.Counters.Losses, Is.EqualTo(1));
    }
}
