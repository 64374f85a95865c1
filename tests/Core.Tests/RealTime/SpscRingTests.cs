using HilRig.Core.RealTime;

namespace HilRig.Core.Tests.RealTime;

public sealed class SpscRingTests
{
    [TestCase(1, 1)]
    [TestCase(3, 4)]
    [TestCase(64, 64)]
    public void Capacity_is_rounded_up_to_a_power_of_two(int asked, int expected)
    {
        Assert.That(new SpscRing<long[]>(asked, () => new long[1]).Capacity, Is.EqualTo(expected));
    }

    [Test]
    public void A_full_ring_refuses_and_loses_nothing()
    {
        var ring = new SpscRing<long[]>(4, () => new long[1]);
        int written = 0;
        while (ring.TryBeginWrite(out long[]? item))
        {
            item[0] = ++written;
            ring.CommitWrite();
        }

        Assert.That((written, ring.Count), Is.EqualTo((4, 4)));
        for (int expected = 1; expected <= 4; expected++)
        {
            Assert.That(ring.TryBeginRead(out long[]? item), Is.True);
            Assert.That(item![0], Is.EqualTo(expected));
            ring.CommitRead();
        }

        Assert.That(ring.TryBeginRead(out _), Is.False);
        Assert.That(ring.TryBeginWrite(out _), Is.True);
    }

    [Test]
    public void An_item_is_invisible_until_it_is_committed()
    {
        var ring = new SpscRing<long[]>(2, () => new long[1]);
        ring.TryBeginWrite(out _);
        Assert.That(ring.TryBeginRead(out _), Is.False);
        ring.CommitWrite();
        Assert.That(ring.TryBeginRead(out _), Is.True);
    }

    [Test]
    [CancelAfter(60_000)]
    public void Two_threads_pass_every_item_in_order(CancellationToken cancel)
    {
        const long Last = 100_000;
        var ring = new SpscRing<long[]>(64, () => new long[8]);
        var writer = new Thread(() =>
        {
            for (long value = 1; value <= Last && !cancel.IsCancellationRequested;)
            {
                if (ring.TryBeginWrite(out long[]? item))
                {
                    item.AsSpan().Fill(value++);
                    ring.CommitWrite();
                }
                else
                {
                    Thread.Yield();
                }
            }
        });
        writer.Start();
        long seen = 0;
        bool good = true;
        while (good && seen < Last && !cancel.IsCancellationRequested)
        {
            if (!ring.TryBeginRead(out long[]? item))
            {
                Thread.Yield();
                continue;
            }

            seen++;
            good = !item.AsSpan().ContainsAnyExcept(seen);
            ring.CommitRead();
        }

        Assert.That((good, seen), Is.EqualTo((true, Last)));
        writer.Join();
    }

    [Test]
    public void Passing_items_allocates_nothing()
    {
        var ring = new SpscRing<long[]>(4, () => new long[1]);
        Pass(ring);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Pass(ring);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void Pass(SpscRing<long[]> ring)
    {
        ring.TryBeginWrite(out _);
        ring.CommitWrite();
        ring.TryBeginRead(out _);
        ring.CommitRead();
    }
}
