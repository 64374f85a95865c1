using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Harness.Faults;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Tests.Support;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Tests.Faults;

internal sealed class FaultReaderTests
{
    [Test]
    public void A_fault_is_read_with_its_units()
    {
        ScenarioFault fault = Plan("layer: sensor, target: a, type: delayed, by: 40 ms, for: 1 s")
            .Scenario.Faults.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fault.Rule.Type, Is.EqualTo(FaultType.Delayed));
            Assert.That((fault.AtSeconds, fault.ForSeconds), Is.EqualTo((0.5, 1.0)));
            Assert.That(fault.Value("by"), Is.EqualTo(0.04).Within(1e-12));
            Assert.That(fault.Describe(), Is.EqualTo("sensor a delayed (by 0.04 s)"));
        }
    }

    [TestCase("layer: bridge, target: commands, type: freeze", "off, stuck")]
    [TestCase("layer: sim, target: a, type: off", "twin: off, stuck")]
    [TestCase("layer: process, target: agent, type: slow", "off, stuck")]
    [TestCase("layer: sensor, target: c, type: off", "The joint 'c' is not on the rig")]
    [TestCase("layer: sensor, target: a, type: delayed, by: 40 deg", "a time")]
    [TestCase("layer: sensor, target: a, type: delayed", "by' is missing")]
    [TestCase("layer: sensor, target: a, type: wrong", "exactly one way")]
    [TestCase("layer: sensor, target: a, type: wrong, gain: 2, offset: 1 rad", "exactly one way")]
    [TestCase("layer: sensor, target: a, type: intermittent, probability: 120 %", "0 to 1")]
    [TestCase("layer: operator, target: controller, type: off, for: 1 s", "no 'for'")]
    [TestCase("layer: sensor, target: a, type: off, by: 1 s", "is not known")]
    [TestCase("layer: process, target: host, type: stuck", "never ends")]
    public void What_is_not_built_is_refused_with_its_place(string fault, string says)
    {
        var error = Assert.Throws<ScenarioException>(() => Plan(fault));
        Assert.That(error!.Message, Does.Contain(says).And.Contain("small.yaml:"));
    }

    [TestCase("layer: bus, target: bus, type: off", "a virtual rig")]
    [TestCase("layer: process, target: agent, type: off", "a virtual rig")]
    [TestCase("layer: bridge, target: commands, type: garbage", "a virtual rig")]
    public void A_real_rig_is_not_harmed(string fault, string says)
    {
        var error = Assert.Throws<ScenarioException>(() => Plan(fault, isVirtual: false));
        Assert.That(error!.Message, Does.Contain(says));
    }

    [Test]
    public void A_fault_after_the_measured_phase_is_refused() => Assert.That(
        () => Plan("layer: sensor, target: a, type: off", at: "3 s"),
        Throws.InstanceOf<ScenarioException>().With.Message.Contains("after the measured phase"));

    [Test]
    public void An_expected_stop_is_read()
    {
        ExpectedStop expected = Plan(
            "layer: bridge, target: commands, type: off",
            extra: "expect: { stop: DeadmanExpired, within: 120 ms }\n").Scenario.Expect!;
        Assert.That(
            (expected.Cause, expected.WithinSeconds, expected.Acknowledged),
            Is.EqualTo((StopReason.DeadmanExpired, (double?)0.12, true)));
    }

    [TestCase("expect: { stop: Requested }\n", "DeadmanExpired")]
    [TestCase("expect: { stop: None, within: 1 s }\n", "nothing to judge")]
    public void An_expectation_that_cannot_be_judged_is_refused(string expect, string says) =>
        Assert.That(
            () => Plan("layer: sensor, target: a, type: off", extra: expect),
            Throws.InstanceOf<ScenarioException>().With.Message.Contains(says));

    [Test]
    public void The_death_of_the_host_leaves_nobody_to_judge() => Assert.That(
        () => Plan(
            "layer: process, target: host, type: off", extra: "expect: { stop: HostDied }\n"),
        Throws.InstanceOf<ScenarioException>().With.Message.Contains("writes no verdict"));

    internal static ScenarioPlan Plan(
        string fault, bool isVirtual = true, string at = "500 ms", string extra = "") =>
        ScenarioPlan.Make(
            new ScenarioReader(ScenarioTypes.CreateDefault()).Read(YamlDocument.Parse(
                Runs.Steps + $"faults:\n  - {{ {fault}, at: {at} }}\n" + extra, "small.yaml")),
            new Surroundings
            {
                Joints = [Bounds.Of("a"), Bounds.Of("b")],
                Capabilities = ["position"],
                IsVirtualRig = isVirtual,
            });
}
