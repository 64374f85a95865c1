using HilRig.Core.Errors;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Stimuli;
using HilRig.Harness.Tests.Support;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Tests.Scenarios;

/// <summary>Everything that is wrong is refused before anything moves.</summary>
internal sealed class ScenarioPlanTests
{
    private const string Head = """
        schema: 1
        name: small
        rig: rig.yaml
        rate: 250 Hz
        approach: { pose: { a: 0 rad, b: 0 rad } }

        """;

    private static string Refusal(string text)
    {
        ScenarioException? error = Assert.Throws<ScenarioException>(() => Runs.Plan(text));
        return error!.Message;
    }

    private static string Stimulus(string text) =>
        Head + "controller: { type: stimulus, joints: { " + text + " } }\n";

    [Test]
    public void An_unknown_stimulus_type_lists_what_is_registered() => Assert.That(
        Refusal(Stimulus("a: { type: sinus, time: 1 s }")),
        Does.Contain("one of chirp, hold, ramp, sine, step").And.Contain("Try: 'sine'")
            .And.StartWith("small.yaml:6:"));

    [Test]
    public void An_unknown_controller_type_lists_what_is_registered() => Assert.That(
        Refusal(Head + "controller: { type: magic }\n"),
        Does.Contain("one of policy, replay, stimulus"));

    [Test]
    public void A_joint_that_is_not_on_the_rig_is_refused_with_the_nearest_name() => Assert.That(
        Runs.Plan(Stimulus("a: { type: hold, time: 1 s }")).Setting.StartPose,
        Is.EqualTo(new[] { 0.0, 0.0 }));

    [Test]
    public void A_stimulus_of_an_unknown_joint_is_refused() => Assert.That(
        Refusal(Stimulus("c: { type: hold, time: 1 s }")),
        Does.Contain("The joint 'c' is not on the rig").And.Contain("one of a, b"));

    [Test]
    public void A_start_pose_of_an_unknown_joint_is_refused() => Assert.That(
        Refusal(Stimulus("a: { type: hold, time: 1 s }").Replace("b: 0 rad", "bb: 0 rad")),
        Does.Contain("The joint 'bb' is not on the rig").And.Contain("Try: 'b'"));

    [Test]
    public void A_position_limit_names_joint_time_value_and_limit() => Assert.That(
        Refusal(Stimulus("a: { type: ramp, to: 4 rad, time: 2 s }")),
        Does.Contain("The goal of 'a' breaks its position limit at 1.504 s")
            .And.Contain("Expected: -3 to 3 rad").And.Contain("Found: 3.008 rad"));

    [Test]
    public void A_velocity_limit_names_joint_time_value_and_limit() => Assert.That(
        Refusal(Stimulus("a: { type: step, at: 1 s, to: 1 rad, speed: 8 rad/s }")),
        Does.Contain("The goal of 'a' breaks its velocity limit at 1.004 s")
            .And.Contain("at most 5 rad/s").And.Contain("Found: 8 rad/s"));

    [Test]
    public void A_joint_that_moves_needs_a_start_pose() => Assert.That(
        Refusal(Stimulus("a: { type: hold, time: 1 s }").Replace("a: 0 rad, ", "")),
        Does.Contain("no start pose").And.Contain("approach.pose: { a: 0 rad }"));

    [Test]
    public void A_length_for_a_joint_that_turns_is_refused() => Assert.That(
        Refusal(Stimulus("a: { type: ramp, to: 4 mm, time: 2 s }")),
        Does.Contain("The joint 'a' moves in rad"));

    [Test]
    public void A_stimulus_that_mixes_angles_and_lengths_is_refused() => Assert.That(
        Refusal(Stimulus("a: { type: step, to: 1 rad, speed: 4 mm/s }")),
        Does.Contain("mixes angles and lengths"));

    [Test]
    public void A_budget_for_an_unknown_joint_is_refused() => Assert.That(
        Refusal(Stimulus("a: { type: hold, time: 1 s }")
            + "budgets: { divergence: { joint/x/position: { rmse: 1 rad } } }\n"),
        Does.Contain("The joint 'x' is not on the rig"));

    [Test]
    public void A_budget_for_something_that_is_no_signal_is_refused() => Assert.That(
        Refusal(Stimulus("a: { type: hold, time: 1 s }")
            + "budgets: { divergence: { elbow: { rmse: 1 rad } } }\n"),
        Does.Contain("'elbow' is not a signal"));

    [Test]
    public void A_budget_for_an_unknown_hop_is_refused_with_the_nearest() => Assert.That(
        Refusal(Stimulus("a: { type: hold, time: 1 s }")
            + "budgets: { latency: { endtoend: { p99: 1 ms } } }\n"),
        Does.Contain("Try: 'endToEnd'"));

    [Test]
    public void Five_missed_ticks_are_no_fraction() => Assert.That(
        Refusal(Stimulus("a: { type: hold, time: 1 s }") + "budgets: { missedTicks: 5 }\n"),
        Does.Contain("Expected: 0 to 1"));

    [Test]
    public void A_stimulus_longer_than_the_duration_is_refused() => Assert.That(
        Refusal(Stimulus("a: { type: hold, time: 3 s }") + "duration: 2 s\n"),
        Does.Contain("duration of at least 3 s"));

    [Test]
    public void A_scenario_has_a_rig_or_a_recorded_plant_and_not_both() => Assert.That(
        Refusal(Stimulus("a: { type: hold, time: 3 s }")
            + "plant: { type: recorded, log: x.csv, joint: a }\n"),
        Does.Contain("a rig or a recorded plant, not both"));

    [Test]
    public void A_budget_for_one_joint_beats_the_one_for_all()
    {
        ScenarioPlan plan = Runs.Plan(Stimulus("a: { type: hold, time: 1 s }") + """
            budgets:
              divergence:
                joint/b/position: { rmse: 0.2 rad }
                joint/*/position: { rmse: 0.1 rad }
            """);
        Assert.That(
            plan.Budgets.Divergence.ToDictionary(budget => budget.Signal, budget => budget.Limit),
            Is.EqualTo(new Dictionary<string, double>
            {
                ["joint/a/position"] = 0.1,
                ["joint/b/position"] = 0.2,
            }));
    }

    [Test]
    public void Without_a_duration_the_run_lasts_until_the_stimuli_end() => Assert.That(
        Runs.Plan(Stimulus("a: { type: hold, at: 1 s, time: 3 s }")).DurationNanoseconds,
        Is.EqualTo(4_000_000_000));

    [Test]
    public void A_type_of_ones_own_is_one_registration()
    {
        ScenarioTypes types = ScenarioTypes.CreateDefault();
        types.Stimuli.Register("blip", source => new RampStimulus(source.Position("to"), 1));
        Scenario scenario = new ScenarioReader(types).Read(YamlDocument.Parse(
            Stimulus("a: { type: blip, to: 0.5 rad }"), "own.yaml"));
        ScenarioPlan plan = ScenarioPlan.Make(
            scenario, new Surroundings { Joints = [Bounds.Of("a"), Bounds.Of("b")] });
        Assert.That(plan.Setting.DurationSeconds, Is.EqualTo(1));
    }

    [Test]
    public void A_policy_without_its_manifest_is_refused() => Assert.That(
        Refusal(Head + "controller: { type: policy, manifest: none.json }\nduration: 1 s\n"),
        Does.Contain("none.json").And.Contain("cannot be read"));
}
