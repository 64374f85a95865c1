using HilRig.Core.Errors;
using HilRig.Rig.Training;
using HilRig.Sim.Environments;

namespace HilRig.Rig.Tests.Training;

/// <summary>Randomisation events from YAML.</summary>
internal sealed class RandomizationFileTests
{
    [Test]
    public void Every_key_becomes_what_it_says()
    {
        IReadOnlyList<RandomizationEvent> events = RandomizationFile.Parse(
            """
            version: 1
            events:
              - when: reset
                field: geom_friction
                names: [floor, box]
                column: 0
                operation: scale
                logUniform: [0.5, 2]
                shared: true
              - when: interval
                field: qvel
                operation: add
                gaussian: [0, 0.1]
                every: [0.5, 2]
              - {when: startup, field: body_mass, choice: [1, 2, 4]}
            """,
            "events.yaml");
        Assert.That(events, Has.Count.EqualTo(3));
        Assert.Multiple(() =>
        {
            Assert.That(events[0].When, Is.EqualTo(RandomizationTrigger.Reset));
            Assert.That(events[0].Field, Is.EqualTo("geom_friction"));
            Assert.That(events[0].Names, Is.EqualTo((string[])["floor", "box"]));
            Assert.That(events[0].Column, Is.Zero);
            Assert.That(events[0].Operation, Is.EqualTo(RandomizationOperation.Scale));
            Assert.That(
                events[0].Distribution.Kind, Is.EqualTo(RandomDistributionKind.LogUniform));
            Assert.That(events[0].Distribution.Numbers, Is.EqualTo((double[])[0.5, 2]));
            Assert.That(events[0].Shared, Is.True);
            Assert.That(events[0].Interval, Is.Null);
            Assert.That(events[1].Interval!.Numbers, Is.EqualTo((double[])[0.5, 2]));
            Assert.That(events[1].Operation, Is.EqualTo(RandomizationOperation.Add));
            Assert.That(events[2].When, Is.EqualTo(RandomizationTrigger.Startup));
            Assert.That(events[2].Operation, Is.EqualTo(RandomizationOperation.Absolute));
            Assert.That(events[2].Distribution.Numbers, Is.EqualTo((double[])[1, 2, 4]));
        });
    }

    [TestCase("{when: reset, field: a, uniform: [2, 1]}", "distribution")]
    [TestCase("{when: reset, field: a}", "one distribution")]
    [TestCase("{when: reset, field: a, uniform: [1, 2], choice: [1]}", "one distribution")]
    [TestCase("{when: reset, field: a, uniform: [1, 2], every: [1, 2]}", "every")]
    [TestCase("{when: interval, field: a, uniform: [1, 2]}", "every")]
    [TestCase("{when: later, field: a, uniform: [1, 2]}", "one of startup, reset, interval")]
    [TestCase("{when: reset, field: a, uniform: [1, 2], colour: red}", "colour")]
    public void What_makes_no_sense_is_refused_with_its_line(string text, string what)
    {
        ScenarioException fault = Assert.Throws<ScenarioException>(() =>
            RandomizationFile.Parse($"version: 1\nevents:\n  - {text}\n", "events.yaml"))!;
        Assert.That(fault.Message, Does.Contain("events.yaml:3").And.Contain(what));
    }
}
