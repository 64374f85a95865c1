using HilRig.Bridge.Security.Gate;

namespace HilRig.Bridge.Tests.Security.Gate;

public sealed class StateQueueTests
{
    [Test]
    public void A_full_queue_drops_the_oldest()
    {
        var queue = new StateQueue();
        int dropped = 0;
        for (byte i = 0; i < StateQueue.Capacity + 5; i++)
        {
            dropped += queue.Put([i, .. new byte[i]]) ? 1 : 0;
        }

        Assert.That(dropped, Is.EqualTo(5));
        byte[] buffer = [];
        for (byte i = 5; i < StateQueue.Capacity + 5; i++)
        {
            Assert.That(queue.Take(ref buffer), Is.EqualTo(i + 1));
            Assert.That(buffer[0], Is.EqualTo(i));
        }

        queue.Close();
        Assert.That(queue.Take(ref buffer), Is.EqualTo(-1));
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_taker_that_waits_is_woken_by_a_state_and_by_the_end()
    {
        var queue = new StateQueue();
        var taken = new List<int>();
        var taker = new Thread(() =>
        {
            byte[] buffer = [];
            int length;
            while ((length = queue.Take(ref buffer)) >= 0)
            {
                lock (taken)
                {
                    taken.Add(length);
                    Monitor.PulseAll(taken);
                }
            }
        });
        taker.Start();
        queue.Put([1, 2]);
        lock (taken)
        {
            while (taken.Count == 0)
            {
                Monitor.Wait(taken);
            }
        }

        queue.Close();
        taker.Join();
        Assert.That(taken, Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public void Subscriptions_match_by_prefix_and_are_counted_as_ZeroMQ_counts_them()
    {
        var subscriptions = new Subscriptions();
        Assert.That(subscriptions.Match([5, 1]), Is.False, "nobody asked yet");
        subscriptions.Take(false, [1, 5]);
        subscriptions.Take(true, [9, .. "SUBSCRIBE"u8, 5]);
        Assert.That(subscriptions.Match([5, 1]), Is.True);
        Assert.That(subscriptions.Match([6]), Is.False);
        subscriptions.Take(true, [6, .. "CANCEL"u8, 5]);
        Assert.That(subscriptions.Match([5]), Is.True, "asked for twice");
        subscriptions.Take(false, [0, 5]);
        Assert.That(subscriptions.Match([5]), Is.False);
        subscriptions.Take(false, [1]);
        Assert.That(subscriptions.Match([9]), Is.True, "the empty prefix");
    }
}
