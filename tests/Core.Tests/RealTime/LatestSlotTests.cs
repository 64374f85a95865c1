using HilRig.Core.RealTime;

namespace HilRig.Core.Tests.RealTime;

public sealed class LatestSlotTests
{
    [Test]
    public void An_empty_slot_gives_nothing()
    {
        var slot = new LatestSlot<long[]>(() => new long[1]);
        Assert.That(slot.TryTake(out long[]? item), Is.False);
        Assert.That(item, Is.Null);
    }

    [Test]
    public void Only_the_newest_value_is_taken_and_only_once()
    {
        var slot = new LatestSlot<long[]>(() => new long[1]);
        slot.Writable[0] = 1;
        Assert.That(slot.Publish(), Is.False);
        slot.Writable[0] = 2;
        Assert.That(slot.Publish(), Is.True, "the first value was overwritten");
        Assert.That(slot.TryTake(out long[]? item), Is.True);
        Assert.That(item![0], Is.EqualTo(2));
        Assert.That(slot.TryTake(out _), Is.False);
    }

    [Test]
    public void A_taken_item_stays_the_readers_while_the_writer_goes_on()
    {
        var slot = new LatestSlot<long[]>(() => new long[1]);
        slot.Writable[0] = 1;
        slot.Publish();
        slot.TryTake(out long[]? held);
        for (int i = 2; i < 10; i++)
        {
            slot.Writable[0] = i;
            slot.Publish();
        }

        Assert.That(held![0], Is.EqualTo(1));
    }

    [Test]
    [CancelAfter(60_000)]
    public void Two_threads_never_see_a_torn_or_an_older_value_and_the_last_one_arrives(
        CancellationToken cancel)
    {
        const long Last = 300_000;
        var slot = new LatestSlot<long[]>(() => new long[16]);
        var writer = new Thread(() =>
        {
            for (long value = 1; value <= Last; value++)
            {
                slot.Writable.AsSpan().Fill(value);
                slot.Publish();
            }
        });
        writer.Start();
        long seen = 0;
        bool torn = false;
        bool older = false;
        while (seen < Last && !cancel.IsCancellationRequested)
        {
            if (!slot.TryTake(out long[]? item))
            {
                continue;
            }

            torn |= item.AsSpan().ContainsAnyExcept(item[0]);
            older |= item[0] <= seen;
            seen = item[0];
        }

        writer.Join();
        Assert.That((torn, older, seen), Is.EqualTo((false, false, Last)));
    }

    [Test]
    public void Handing_over_allocates_nothing()
    {
        var slot = new LatestSlot<long[]>(() => new long[4]);
        slot.Publish();
        slot.TryTake(out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            slot.Writable[0] = i;
            slot.Publish();
            slot.TryTake(out _);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
