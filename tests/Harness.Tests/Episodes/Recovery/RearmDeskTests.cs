using HilRig.Core.Ports;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.Operators;
using HilRig.Harness.Episodes.Recovery;
using HilRig.Harness.Tests.Support;

namespace HilRig.Harness.Tests.Episodes.Recovery;

internal sealed class RearmDeskTests
{
    [TestCase(OperatorKey.Confirm, RearmAnswer.Rearm)]
    [TestCase(OperatorKey.BrokenRig, RearmAnswer.Broken)]
    [TestCase(OperatorKey.Quit, RearmAnswer.Quit)]
    public void The_operators_word_decides(OperatorKey said, RearmAnswer expected)
    {
        var person = new SpokenOperator(null);

        // A confirmation of the scene from before the stop is no answer; nor is a verdict.
        person.Say(OperatorKey.Confirm);
        person.Seen = notice =>
        {
            if (notice is RigStopped)
            {
                person.Say(OperatorKey.Success);
                person.Say(said);
            }
        };
        Assert.That(Ask(person, [person], CancellationToken.None), Is.EqualTo(expected));
        Assert.That(person.Notices.OfType<RigStopped>().Count(), Is.EqualTo(1));
        Assert.That(
            person.Notices.OfType<Remark>().Single().Text, Does.Contain("ignored Success"));
    }

    [Test]
    public void Without_a_word_nothing_arms_and_she_is_reminded()
    {
        var person = new SpokenOperator(null);
        person.Say(OperatorKey.Confirm);
        Assert.That(
            Ask(person, [person], CancellationToken.None), Is.EqualTo(RearmAnswer.Silent));
        Assert.That(person.Notices.OfType<RigStopped>().Count(), Is.EqualTo(3));
    }

    [Test]
    public void Who_asks_the_program_to_end_is_obeyed()
    {
        var person = new SpokenOperator(null);
        using var stop = new CancellationTokenSource();
        person.Seen = _ => stop.Cancel();
        Assert.That(Ask(person, [person], stop.Token), Is.EqualTo(RearmAnswer.Cancelled));
    }

    [TestCase(0, RearmAnswer.Rearm)]
    [TestCase(1, RearmAnswer.Broken)]
    public void A_simulated_operator_takes_her_time_and_says_what_she_sees(
        double brokenRate, RearmAnswer expected)
    {
        var clock = new FakeClock();
        var person = new SimulatedOperator(
            new SimulatedOperatorOptions { BrokenRigRate = brokenRate }, [], null, clock);
        long began = clock.NowNanoseconds;
        var desk = new RearmDesk(person, [person], clock);
        Assert.That(desk.Ask("tired", 1, 5, CancellationToken.None), Is.EqualTo(expected));
        Assert.That(clock.NowNanoseconds - began, Is.InRange(1_000_000_000, 20_000_000_000));
    }

    private static RearmAnswer Ask(
        IOperatorInput person, IReadOnlyList<ISessionView> views, CancellationToken stop) =>
        new RearmDesk(person, views, new FakeClock()) { Timeout = TimeSpan.FromSeconds(2) }
            .Ask("ServoError at joint 'z'", 1, 5, stop);
}
