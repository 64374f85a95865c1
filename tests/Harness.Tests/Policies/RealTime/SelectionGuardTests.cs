using HilRig.Core.Episodes;
using HilRig.Harness.Policies.RealTime;

namespace HilRig.Harness.Tests.Policies.RealTime;

internal sealed class SelectionGuardTests
{
    private static readonly float[] Imitation = [0.5f, -0.5f, 0.9f];

    [TestCase(0.5f, 0.4f, 0.3f, StepFlags.None)]
    [TestCase(0.5f, 0.4f, 0.31f, StepFlags.CriticsDisagreed)]
    [TestCase(1.11f, 0.4f, 0.1f, StepFlags.ValueOutOfRange)]
    [TestCase(0.5f, -0.11f, 0.1f, StepFlags.ValueOutOfRange)]
    [TestCase(1.11f, 0.4f, 0.4f, StepFlags.ValueOutOfRange | StepFlags.CriticsDisagreed)]
    [TestCase(float.NaN, 0.4f, 0.1f, StepFlags.ValueOutOfRange)]
    [TestCase(0.5f, 0.4f, float.NaN, StepFlags.CriticsDisagreed)]
    public void Critics_are_doubted_that_disagree_or_leave_the_range(
        float actor, float imitation, float spread, StepFlags expected) =>
        Assert.That(Guard(2).Doubt(actor, imitation, spread), Is.EqualTo(expected));

    [Test]
    public void The_actor_is_kept_within_the_cap_in_each_number()
    {
        float[] action = [0.9f, -0.9f, 0.8f];
        Assert.That(Guard(0.2).Bound(Imitation, action), Is.EqualTo(StepFlags.Capped));
        Assert.That(action, Is.EqualTo(new[] { 0.7f, -0.7f, 0.8f }));
    }

    [Test]
    public void An_actor_within_the_cap_is_left_alone()
    {
        float[] action = [0.6f, -0.4f, 0.9f];
        Assert.That(Guard(0.2).Bound(Imitation, action), Is.EqualTo(StepFlags.None));
        Assert.That(action, Is.EqualTo(new[] { 0.6f, -0.4f, 0.9f }));
    }

    [Test]
    public void A_locked_number_is_the_imitation_s()
    {
        float[] action = [0.6f, -0.4f, -1f];
        StepFlags flags = Guard(double.PositiveInfinity, false, false, true)
            .Bound(Imitation, action);
        Assert.That(flags, Is.EqualTo(StepFlags.Locked));
        Assert.That(action, Is.EqualTo(new[] { 0.6f, -0.4f, 0.9f }));
    }

    [Test]
    public void Lock_and_cap_are_both_flagged()
    {
        float[] action = [1f, -0.4f, -1f];
        Assert.That(
            Guard(0.25, false, false, true).Bound(Imitation, action),
            Is.EqualTo(StepFlags.Locked | StepFlags.Capped));
    }

    [Test]
    public void Without_limits_nothing_is_doubted_or_bound()
    {
        var guard = new SelectionGuard(
            double.PositiveInfinity,
            [false, false, false],
            double.PositiveInfinity,
            double.NegativeInfinity,
            double.PositiveInfinity);
        float[] action = [1, 1, -1];
        Assert.That(guard.Doubt(1e30f, -1e30f, 1e30f), Is.EqualTo(StepFlags.None));
        Assert.That(guard.Bound(Imitation, action), Is.EqualTo(StepFlags.None));
        Assert.That(action, Is.EqualTo(new[] { 1f, 1f, -1f }));
    }

    private static SelectionGuard Guard(double cap, params bool[] isLocked) => new(
        cap, isLocked.Length == 0 ? [false, false, false] : isLocked, 0.3, -0.1, 1.1);
}
