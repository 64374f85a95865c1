using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Telemetry;
using HilRig.Harness.RealTime;

namespace HilRig.Harness.Tests.RealTime;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PendingTicksTests
{
    private readonly SpscRing<TickRecord> _ring = new(64, () => new TickRecord(1));

    private PendingTicks Filled(int count)
    {
        var pending = new PendingTicks(1, _ring);
        for (int i = 1; i <= count; i++)
        {
            pending.Begin().Command.Sequence = i;
        }

        return pending;
    }

    private static JointState Answer(long sequence) =>
        new(1) { AnsweredCommandSequence = sequence, Sequence = 100 + sequence };

    private List<(long, bool)> Out()
    {
        var list = new List<(long, bool)>();
        while (_ring.TryBeginRead(out TickRecord? record))
        {
            list.Add((record.Command.Sequence, record.Answered));
            _ring.CommitRead();
        }

        return list;
    }

    [Test]
    public void A_tick_leaves_when_its_command_is_answered()
    {
        PendingTicks pending = Filled(3);
        pending.Answer(Answer(1), 7, Answer(1), 0);
        Assert.That(Out(), Is.EqualTo(new[] { (1L, true) }));
    }

    [Test]
    public void An_answer_lets_older_ticks_go_unanswered()
    {
        PendingTicks pending = Filled(3);
        pending.Answer(Answer(3), 7, Answer(3), 0);
        Assert.That(Out(), Is.EqualTo(new[] { (1L, false), (2L, false), (3L, true) }));
    }

    [TestCase(0)]
    [TestCase(4)]
    [TestCase(-1)]
    public void An_answer_to_a_command_that_does_not_wait_is_ignored(long sequence)
    {
        PendingTicks pending = Filled(3);
        pending.Answer(Answer(sequence), 7, Answer(sequence), 0);
        Assert.That(Out(), Is.Empty);
    }

    [Test]
    public void A_second_answer_to_the_same_command_is_ignored()
    {
        PendingTicks pending = Filled(2);
        pending.Answer(Answer(1), 7, Answer(1), 0);
        pending.Answer(Answer(1), 8, Answer(1), 0);
        pending.Flush();
        Assert.That(Out(), Is.EqualTo(new[] { (1L, true), (2L, false) }));
    }

    [Test]
    public void Too_many_waiting_ticks_push_the_oldest_out()
    {
        Filled(PendingTicks.Capacity + 2);
        Assert.That(Out(), Is.EqualTo(new[] { (1L, false), (2L, false) }));
    }

    [Test]
    public void A_full_ring_is_counted()
    {
        PendingTicks pending = Filled(2 * PendingTicks.Capacity + 40);
        pending.Flush();
        Assert.That(pending.OverflowCount, Is.EqualTo(40));
    }
}
