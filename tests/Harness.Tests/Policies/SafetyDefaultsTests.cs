using HilRig.Core.Errors;
using HilRig.Harness.Policies;
using HilRig.Tasks;

namespace HilRig.Harness.Tests.Policies;

internal sealed class SafetyDefaultsTests
{
    [Test]
    public void Every_task_has_rules_that_bind_at_first_and_let_go_in_the_end()
    {
        foreach (IRobotTask task in TaskCatalogue.All)
        {
            SelectionSafety safety = SafetyDefaults.Of(task.Description);
            Assert.That(safety.CapAt(0), Is.InRange(0.1, 1.5), task.Description.Name);
            Assert.That(safety.CapAt(safety.CapSteps), Is.EqualTo(2), task.Description.Name);
            Assert.That(safety.SpreadMax, Is.InRange(0.1, 1), task.Description.Name);
            Assert.That(double.IsFinite(safety.ValueTolerance), task.Description.Name);
        }
    }

    [Test]
    public void A_rule_is_changed_by_name()
    {
        SelectionSafety safety = SafetyDefaults.Changed(
            SelectionSafety.None,
            ["capAtStart=0.25", "capSteps=100", "spreadMax=0.3", "lock=grip"]);
        Assert.That(safety.CapAtStart, Is.EqualTo(0.25));
        Assert.That(safety.CapSteps, Is.EqualTo(100));
        Assert.That(safety.SpreadMax, Is.EqualTo(0.3));
        Assert.That(safety.LockedActions, Is.EqualTo(new[] { "grip" }));
        Assert.That(safety.ValueTolerance, Is.EqualTo(double.PositiveInfinity));
    }

    [TestCase("cap=1")]
    [TestCase("capAtStart")]
    [TestCase("capAtStart=-1")]
    [TestCase("spreadMax=NaN")]
    [TestCase("lock=")]
    public void What_is_no_rule_is_refused_by_name(string change)
    {
        ScenarioException error = Assert.Throws<ScenarioException>(
            () => SafetyDefaults.Changed(SelectionSafety.None, [change]))!;
        Assert.That(error.Found, Is.EqualTo(change));
    }
}
