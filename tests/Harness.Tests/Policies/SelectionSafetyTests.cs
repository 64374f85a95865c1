using HilRig.Core.Errors;
using HilRig.Harness.Policies;
using HilRig.Tasks.Policies;

namespace HilRig.Harness.Tests.Policies;

internal sealed class SelectionSafetyTests
{
    private static readonly TaskPolicyManifest Hybrid = PinnedPolicies.Load("hybrid").Manifest;

    [TestCase(0, 0.2)]
    [TestCase(-5, 0.2)]
    [TestCase(500, 0.6)]
    [TestCase(1000, 1.0)]
    [TestCase(9000, 1.0)]
    public void The_cap_goes_from_start_to_end_in_equal_parts(long steps, double cap) =>
        Assert.That(
            new SelectionSafety { CapAtStart = 0.2, CapAtEnd = 1, CapSteps = 1000 }.CapAt(steps),
            Is.EqualTo(cap).Within(1e-12));

    [Test]
    public void A_cap_that_ends_holds_until_then()
    {
        var safety = new SelectionSafety { CapAtStart = 0.2, CapSteps = 1000 };
        Assert.That(safety.CapAt(999), Is.EqualTo(0.2));
        Assert.That(safety.CapAt(1000), Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void An_unknown_action_and_a_negative_limit_are_named_together() =>
        Assert.That(
            () => new SelectionSafety { LockedActions = ["gripper"], SpreadMax = -1 }
                .Require(Hybrid, "here"),
            Throws.TypeOf<ScenarioException>()
                .With.Message.Contains("no action 'gripper' to lock; a limit is negative"));

    [Test]
    public void A_limit_that_is_no_number_is_refused() =>
        Assert.That(
            () => new SelectionSafety { ValueTolerance = double.NaN }.Require(Hybrid, "here"),
            Throws.TypeOf<ScenarioException>());

    [Test]
    public void An_actor_without_imitation_cannot_be_guarded()
    {
        TaskPolicyManifest actor = PinnedPolicies.Load("actor").Manifest;
        Assert.That(
            () => new SelectionSafety { SpreadMax = 1 }.Require(actor, "here"),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("no imitation"));
        Assert.That(() => SelectionSafety.None.Require(actor, "here"), Throws.Nothing);
    }
}
