using CsCheck;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;

namespace HilRig.Core.Tests.Sessions;

public sealed class CommandGateTests
{
    private const long Now = 1_000_000;
    private const long Horizon = 1_000;
    private static readonly SessionKey Owner = new(7, 3);

    [Test]
    public void A_fresh_command_of_the_owner_is_accepted()
    {
        var gate = new CommandGate(Horizon);
        Assert.That(Judge(gate, Owner, 1), Is.EqualTo(CommandVerdict.Accepted));
        Assert.That(gate.LastSequence, Is.EqualTo(1));
        Assert.That(gate.Counts[(int)CommandVerdict.Accepted], Is.EqualTo(1));
    }

    [Test]
    public void A_command_is_good_up_to_its_last_instant_and_stale_after_it()
    {
        var gate = new CommandGate(Horizon);
        Assert.That(Judge(gate, Owner, 1, validUntil: Now), Is.EqualTo(CommandVerdict.Accepted));
        Assert.That(Judge(gate, Owner, 2, validUntil: Now - 1), Is.EqualTo(CommandVerdict.Stale));
        Assert.That(gate.LastSequence, Is.EqualTo(1), "a stale command uses up no number");
    }

    [TestCase(Now - Horizon, Now, true)]
    [TestCase(Now - Horizon - 1, Now, false)]
    [TestCase(Now + Horizon, Now, true)]
    [TestCase(Now + Horizon + 1, Now, false)]
    [TestCase(long.MinValue, Now, false)]
    [TestCase(long.MaxValue, Now, false)]
    [TestCase(Now - 5, Now + Horizon, true)]
    [TestCase(Now - 5, Now + Horizon + 1, false)]
    [TestCase(Now + 5, Now + Horizon + 5, true)]
    [TestCase(Now + 5, Now + Horizon + 6, false)]
    [TestCase(Now, long.MaxValue, false)]
    public void A_command_whose_instants_are_not_of_now_is_stale(
        long planned, long validUntil, bool isOfNow)
    {
        var gate = new CommandGate(Horizon);
        JointCommand command = Command(1, validUntil);
        command.PlannedNanoseconds = planned;
        CommandVerdict verdict =
            gate.Judge(Owner, new CommandEnvelope(Owner, 0, 0), command, Now);
        Assert.That(
            verdict, Is.EqualTo(isOfNow ? CommandVerdict.Accepted : CommandVerdict.Stale));
        Assert.That(gate.LastSequence, Is.EqualTo(isOfNow ? 1 : 0));
    }

    [Test]
    public void A_duplicate_and_a_reordered_command_are_told_apart()
    {
        var gate = new CommandGate(Horizon);
        Judge(gate, Owner, 5);
        Assert.That(Judge(gate, Owner, 5), Is.EqualTo(CommandVerdict.Duplicate));
        Assert.That(Judge(gate, Owner, 4), Is.EqualTo(CommandVerdict.Reordered));
        Assert.That(Judge(gate, Owner, 9), Is.EqualTo(CommandVerdict.Accepted), "gaps are allowed");
    }

    [Test]
    public void A_stranger_neither_passes_nor_uses_up_a_number()
    {
        var gate = new CommandGate(Horizon);
        Assert.That(
            Judge(gate, new SessionKey(8, 3), 1), Is.EqualTo(CommandVerdict.ForeignSession));
        Assert.That(Judge(gate, new SessionKey(7, 2), 1), Is.EqualTo(CommandVerdict.NotOwner));
        Assert.That(Judge(gate, Owner, 1), Is.EqualTo(CommandVerdict.Accepted));
    }

    [Test]
    public void Without_an_owner_even_a_command_of_session_zero_is_foreign()
    {
        var gate = new CommandGate(Horizon);
        var command = Command(1, Now);
        var verdict = gate.Judge(default, new CommandEnvelope(default, 0, 0), command, Now);
        Assert.That(verdict, Is.EqualTo(CommandVerdict.ForeignSession));
    }

    [Test]
    public void A_new_owner_starts_to_count_at_one()
    {
        var gate = new CommandGate(Horizon);
        Judge(gate, Owner, 100);
        var next = new SessionKey(9, 4);
        var verdict = gate.Judge(next, new CommandEnvelope(next, 0, 0), Command(1, Now), Now);
        Assert.That(verdict, Is.EqualTo(CommandVerdict.Accepted));
    }

    [Test]
    public void A_refused_command_is_counted_once_and_cannot_be_sent_again()
    {
        var gate = new CommandGate(Horizon);
        Judge(gate, Owner, 1);
        Assert.That(gate.Refuse(CommandVerdict.Illegal), Is.EqualTo(CommandVerdict.Illegal));
        Assert.That(gate.Counts[(int)CommandVerdict.Accepted], Is.Zero);
        Assert.That(gate.Counts[(int)CommandVerdict.Illegal], Is.EqualTo(1));
        Assert.That(Judge(gate, Owner, 1), Is.EqualTo(CommandVerdict.Duplicate));
    }

    [Test]
    public void Accepted_sequences_grow_and_every_command_is_counted_exactly_once()
    {
        var step = Gen.Select(Gen.ULong[0, 2], Gen.ULong[0, 2], Gen.Long[-1, 6], Gen.Long[-2, 2]);
        step.Array[0, 60].Sample(steps =>
        {
            var gate = new CommandGate(Horizon);
            var owner = new SessionKey(1, 1);
            long last = 0;
            foreach (var (session, token, sequence, slack) in steps)
            {
                var envelope = new CommandEnvelope(new SessionKey(session, token), 0, 0);
                var verdict = gate.Judge(owner, envelope, Command(sequence, Now + slack), Now);
                bool good = session == 1 && token == 1 && sequence > last && slack >= 0;
                if ((verdict == CommandVerdict.Accepted) != good)
                {
                    return false;
                }

                last = good ? sequence : last;
            }

            return gate.Counts.Sum() == steps.Length;
        });
    }

    [Test]
    public void Judging_allocates_nothing()
    {
        var gate = new CommandGate(Horizon);
        var command = Command(1, Now + 1);
        var envelope = new CommandEnvelope(Owner, 0, 0);
        gate.Judge(Owner, envelope, command, Now);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            command.Sequence++;
            gate.Judge(Owner, envelope, command, Now);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(gate.Counts[(int)CommandVerdict.Accepted], Is.EqualTo(1001));
    }

    private static CommandVerdict Judge(
        CommandGate gate, SessionKey sender, long sequence, long validUntil = Now + 1) =>
        gate.Judge(Owner, new CommandEnvelope(sender, 0, 0), Command(sequence, validUntil), Now);

    private static JointCommand Command(long sequence, long validUntil) =>
        new(1)
        {
            Sequence = sequence,
            PlannedNanoseconds = Now,
            ValidUntilNanoseconds = validUntil,
        };
}
