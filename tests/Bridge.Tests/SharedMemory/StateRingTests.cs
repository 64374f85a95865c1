using HilRig.Bridge.SharedMemory;
using HilRig.Bridge.SharedMemory.RealTime;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.Tests.SharedMemory;

public sealed unsafe class StateRingTests
{
    private readonly AgentReport _report = new();
    private LanePage _page = null!;
    private StateWriter _writer = null!;
    private long _sequence;

    [SetUp]
    public void Open()
    {
        _page = LanePage.Create(LanePlace.Unique(), 3, 5);
        _writer = new StateWriter(_page, 5);
        _sequence = 0;
    }

    [TearDown]
    public void Close()
    {
        _page.Delete();
        _page.Dispose();
    }

    [Test]
    public void Every_state_is_read_in_order_by_every_reader()
    {
        StateReader[] readers = [new StateReader(_page), new StateReader(_page)];
        Write(100);
        foreach (StateReader reader in readers)
        {
            Assert.That(ReadAll(reader), Is.EqualTo(Enumerable.Range(1, 100).Select(i => (long)i)));
        }
    }

    [Test]
    public void A_late_reader_skips_counts_and_goes_on_in_order()
    {
        var reader = new StateReader(_page);
        Write(1000);
        List<long> read = ReadAll(reader);
        Assert.That(read, Is.Ordered.Ascending);
        Assert.That(read[^1], Is.EqualTo(1000));
        Assert.That(read.Count + reader.Skipped, Is.EqualTo(1000));
        Assert.That(read, Has.Count.LessThanOrEqualTo(LaneLayout.StateSlotCount));
    }

    [TestCase(1L << 40)]
    [TestCase(long.MaxValue)]
    public void A_reader_that_began_at_a_nonsense_head_finds_the_writer_again(long head)
    {
        Write(10);
        Volatile.Write(ref _page.Header[HeaderWord.StateHead], head);
        var reader = new StateReader(_page);
        Write(1);
        Assert.That(reader.TryRead(), Is.False, "nothing newer than the writer is there");
        Write(5);
        Assert.That(ReadAll(reader), Is.EqualTo(new long[] { 12, 13, 14, 15, 16 }));
    }

    [Test]
    public void A_damaged_state_is_counted_and_the_next_one_is_read()
    {
        var reader = new StateReader(_page);
        Write(3);
        _page.At(_page.Layout.StateOffset(1))[StateWord.Health] ^= 1;
        Assert.That(ReadAll(reader), Is.EqualTo(new long[] { 1, 3 }));
        Assert.That(reader.Damaged, Is.EqualTo(1));
    }

    [Test]
    public void A_state_half_written_is_not_read_until_it_is_whole()
    {
        var reader = new StateReader(_page);
        SlotGuard.Begin(_page.At(_page.Layout.StateOffset(0)), 0);
        Assert.That(reader.TryRead(), Is.False);
        Write(1);
        Assert.That(reader.TryRead(), Is.True);
    }

    [Test]
    public void Whatever_stands_in_the_ring_no_reader_hangs_or_throws()
    {
        var random = new Random(3);
        var reader = new StateReader(_page);
        var state = new JointState(3);
        for (int i = 0; i < 20_000; i++)
        {
            long* slot = _page.At(_page.Layout.StateOffset(random.Next(256)));
            slot[random.Next(_page.Layout.StateWordCount)] = random.NextInt64();
            _page.Header[HeaderWord.StateHead] = i % 5 == 0 ? random.NextInt64() : i;
            if (reader.TryRead())
            {
                reader.CopyTo(state);
                Assert.That(Enum.IsDefined(state.Health));
            }

            reader.TryPeekNewest();
            reader.KeepNewest(8);
            Write(1);
        }
    }

    private void Write(int count)
    {
        var state = new JointState(3);
        for (int i = 0; i < count; i++)
        {
            state.Sequence = ++_sequence;
            _writer.Write(state, _report, 0, default);
        }
    }

    private static List<long> ReadAll(StateReader reader)
    {
        var state = new JointState(3);
        var read = new List<long>();
        while (reader.HasNext)
        {
            if (reader.TryRead())
            {
                reader.CopyTo(state);
                read.Add(state.Sequence);
            }
        }

        return read;
    }
}
