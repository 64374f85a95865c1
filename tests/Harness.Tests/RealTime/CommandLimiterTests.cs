using CsCheck;
using HilRig.Core.Joints;
using HilRig.Harness.RealTime;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Tests.Support;

namespace HilRig.Harness.Tests.RealTime;

internal sealed class CommandLimiterTests
{
    private const long Period = 4_000_000;

    private static (double Goal, ulong Clipped) Apply(
        JointBounds joint, double previous, double wanted, double measured)
    {
        var limiter = new CommandLimiter([joint], [previous]);
        var command = new JointCommand(1);
        command.Position[0] = wanted;
        var state = new JointState(1);
        state.Position[0] = measured;
        ulong clipped = limiter.Apply(command, state, Period);
        return (command.Position[0], clipped);
    }

    [Test]
    public void A_goal_within_all_limits_passes_unchanged() => Assert.That(
        Apply(Bounds.Of("a"), 0, 0.02, 0), Is.EqualTo((0.02, 0UL)));

    [Test]
    public void A_goal_beyond_the_position_limit_is_clipped() => Assert.That(
        Apply(Bounds.Of("a"), 2.995, 3.01, 3), Is.EqualTo((3.0, 1UL)));

    [Test]
    public void A_goal_beyond_the_velocity_limit_is_clipped()
    {
        (double goal, ulong clipped) = Apply(Bounds.Of("a"), 0, 1, 0);
        Assert.That(goal, Is.EqualTo(0.02).Within(1e-6));
        Assert.That(clipped, Is.EqualTo(1UL));
    }

    [Test]
    public void A_goal_exactly_as_fast_as_allowed_is_no_clip() => Assert.That(
        Apply(Bounds.Of("a"), 0.3, 0.3 + 5 * 0.004, 0.3).Clipped, Is.Zero);

    [Test]
    public void A_clipped_goal_is_not_faster_than_the_limit_by_a_rounding()
    {
        var limiter = new CommandLimiter([Bounds.Of("a")], [0.1]);
        var command = new JointCommand(1);
        var state = new JointState(1);
        double previous = 0.1;
        for (int i = 0; i < 200; i++)
        {
            command.Position[0] = -2;
            limiter.Apply(command, state, Period);
            double travel = Math.Abs(command.Position[0] - previous);
            Assert.That(travel, Is.LessThanOrEqualTo(5 * 0.004 * (1 + 1e-7)));
            previous = command.Position[0];
        }
    }

    [Test]
    public void A_goal_too_far_from_the_measured_position_is_clipped() => Assert.That(
        Apply(Bounds.Of("a", step: 0.5), 0.6, 0.6, 0), Is.EqualTo((0.5, 1UL)));

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_goal_that_is_no_number_holds_the_one_before(double wanted) => Assert.That(
        Apply(Bounds.Of("a"), 0.3, wanted, 0.3), Is.EqualTo((0.3, 1UL)));

    [Test]
    public void A_joint_beyond_its_limit_is_commanded_to_the_limit_at_once() => Assert.That(
        Apply(Bounds.Of("a"), 3.1, 3.1, 3.1), Is.EqualTo((3.0, 1UL)));

    [Test]
    public void After_a_gap_the_goal_may_have_moved_further()
    {
        var limiter = new CommandLimiter([Bounds.Of("a")], [0]);
        var command = new JointCommand(1);
        command.Position[0] = 0.06;
        var state = new JointState(1);
        state.Position[0] = 0;
        Assert.That(limiter.Apply(command, state, 3 * Period), Is.Zero);
    }

    [Test]
    public void No_goal_ever_leaves_the_limits() => Gen.Double[-100, 100].Array[20].Sample(wanted =>
    {
        var limiter = new CommandLimiter([Bounds.Of("a", range: 1)], [0]);
        var command = new JointCommand(1);
        var state = new JointState(1);
        double previous = 0;
        foreach (double goal in wanted)
        {
            command.Position[0] = goal;
            limiter.Apply(command, state, Period);
            double got = command.Position[0];
            if (Math.Abs(got) > 1 || Math.Abs(got - previous) > 0.0201)
            {
                return false;
            }

            previous = got;
        }

        return true;
    });
}
