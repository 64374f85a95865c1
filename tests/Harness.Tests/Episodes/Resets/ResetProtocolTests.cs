using HilRig.Core.Episodes;
using HilRig.Harness.Episodes.Resets;

namespace HilRig.Harness.Tests.Episodes.Resets;

internal sealed class ResetProtocolTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void A_reset_goes_through_every_phase_and_says_what_it_took()
    {
        var reset = new ResetProtocol(new ResetOptions(), 10 * Second);
        Fire(reset, 11, ResetEvent.Reached, ResetPhase.Retreat);
        Fire(reset, 12, ResetEvent.Reached, ResetPhase.ArmOpen);
        Fire(reset, 13, ResetEvent.Reached, ResetPhase.Confirm);
        Fire(reset, 20, ResetEvent.Confirmed, ResetPhase.Verify);
        Fire(reset, 21, ResetEvent.Refused, ResetPhase.Confirm);
        Fire(reset, 25, ResetEvent.Confirmed, ResetPhase.Verify);
        Fire(reset, 26, ResetEvent.Passed, ResetPhase.Ready);
        Assert.That(reset.Fire(ResetEvent.Reached, 27 * Second), Is.True);
        Assert.That(reset.Exit, Is.EqualTo(ResetExit.Ready));
        Assert.That(reset.Figures(27 * Second), Is.EqualTo(new ResetFigures(17, 11, 1)));
    }

    [Test]
    public void A_word_twice_changes_nothing()
    {
        ResetProtocol reset = InConfirm(new ResetOptions());
        Assert.That(reset.Fire(ResetEvent.Confirmed, Second), Is.True);
        Assert.That(reset.Fire(ResetEvent.Confirmed, Second), Is.False);
        Assert.That(reset.Phase, Is.EqualTo(ResetPhase.Verify));
    }

    [Test]
    public void Nothing_happens_after_the_exit()
    {
        ResetProtocol reset = InConfirm(new ResetOptions());
        Assert.That(reset.Fire(ResetEvent.Skip, Second), Is.True);
        Assert.That(reset.Fire(ResetEvent.Broken, Second), Is.False);
        Assert.That(reset.Exit, Is.EqualTo(ResetExit.Skipped));
    }

    [TestCase(ResetPhase.Freeze, ResetExit.ArmStuck)]
    [TestCase(ResetPhase.ArmOpen, ResetExit.ArmStuck)]
    [TestCase(ResetPhase.Confirm, ResetExit.OperatorSilent)]
    public void A_phase_that_times_out_is_tried_again_until_its_attempts_are_spent(
        ResetPhase phase, ResetExit exit)
    {
        var reset = new ResetProtocol(new ResetOptions { AttemptMax = 3 }, 0);
        while (reset.Phase != phase)
        {
            reset.Fire(ResetEvent.Reached, 0);
        }

        reset.Fire(ResetEvent.TimedOut, Second);
        reset.Fire(ResetEvent.TimedOut, 2 * Second);
        Assert.That((reset.Phase, reset.Exit), Is.EqualTo((phase, ResetExit.None)));
        reset.Fire(ResetEvent.TimedOut, 3 * Second);
        Assert.That(reset.Exit, Is.EqualTo(exit));
    }

    [Test]
    public void A_retreat_that_fails_again_and_again_ends_though_freezing_works()
    {
        var reset = new ResetProtocol(new ResetOptions { AttemptMax = 3 }, 0);
        for (int i = 0; i < 3; i++)
        {
            Assert.That(reset.Exit, Is.EqualTo(ResetExit.None));
            reset.Fire(ResetEvent.Reached, Second);
            reset.Fire(ResetEvent.TimedOut, 2 * Second);
        }

        Assert.That(reset.Exit, Is.EqualTo(ResetExit.ArmStuck));
    }

    [Test]
    public void Checks_that_fail_too_often_end_the_reset()
    {
        ResetProtocol reset = InConfirm(new ResetOptions { RefusalMax = 2 });
        reset.Fire(ResetEvent.Confirmed, Second);
        reset.Fire(ResetEvent.Refused, Second);
        reset.Fire(ResetEvent.Confirmed, Second);
        Assert.That(reset.Exit, Is.EqualTo(ResetExit.None));
        reset.Fire(ResetEvent.Refused, Second);
        Assert.That(reset.Exit, Is.EqualTo(ResetExit.NeverVerified));
    }

    [Test]
    public void A_phase_of_the_arm_is_late_only_after_its_way_and_the_time_out()
    {
        var reset = new ResetProtocol(
            new ResetOptions { ArmTimeout = TimeSpan.FromSeconds(5) }, 0);
        Assert.That(reset.IsLate(8 * Second, 3), Is.False);
        Assert.That(reset.IsLate(8 * Second + 1, 3), Is.True);
    }

    private static ResetProtocol InConfirm(ResetOptions options)
    {
        var reset = new ResetProtocol(options, 0);
        for (int i = 0; i < 3; i++)
        {
            reset.Fire(ResetEvent.Reached, 0);
        }

        return reset;
    }

    private static void Fire(
        ResetProtocol reset, int second, ResetEvent happened, ResetPhase expected)
    {
        Assert.That(reset.Fire(happened, second * Second), Is.True);
        Assert.That(reset.Phase, Is.EqualTo(expected));
    }
}
