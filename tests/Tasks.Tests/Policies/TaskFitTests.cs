using HilRig.Core.Errors;
using HilRig.Tasks.Policies;

namespace HilRig.Tasks.Tests.Policies;

public sealed class TaskFitTests
{
    private static readonly TaskDescription Task = Manifests.Task;

    [Test]
    public void A_policy_fits_the_task_that_it_was_trained_on() => AssertFits(Task);

    [Test]
    public void The_scale_of_an_observation_may_have_changed() =>
        AssertFits(Task with
        {
            Observation = With(Task.Observation, 0, old => old with { Scale = 9 }),
        });

    [Test]
    public void Another_task_is_refused() =>
        AssertRefused(Task with { Name = "Other" }, "Slide2");

    [Test]
    public void An_observation_that_the_task_lacks_is_named() =>
        AssertRefused(
            Task with { Observation = [.. Task.Observation.Take(2)] },
            "no observation 'joint/x/velocity'");

    [Test]
    public void An_observation_that_the_policy_lacks_is_named() =>
        AssertRefused(
            Task with { Observation = [.. Task.Observation, new("object/z", "m", 0, 1)] },
            "policy has no observation 'object/z'");

    [Test]
    public void Another_unit_is_named() =>
        AssertRefused(
            Task with { Observation = With(Task.Observation, 1, old => old with { Unit = "mm" }) },
            "'joint/y/position' is in m, the task's in mm");

    [Test]
    public void Another_order_is_named() =>
        AssertRefused(
            Task with { Action = [.. Task.Action.Reverse()] },
            "action is in another order: joint/x/goal, joint/y/goal");

    [Test]
    public void Another_scale_of_an_action_is_named() =>
        AssertRefused(
            Task with { Action = With(Task.Action, 1, old => old with { Scale = 0.02 }) },
            "action 'joint/y/goal' is 0 ± 0.01 m");

    [Test]
    public void Another_period_is_named() =>
        AssertRefused(Task with { PeriodSeconds = 0.1 }, "period is 0.05 s, the task's 0.1 s");

    [Test]
    public void Other_joints_are_named() =>
        AssertRefused(Task with { Joints = ["y", "x"] }, "joints x, y");

    [Test]
    public void All_faults_are_named_together() =>
        AssertRefused(Task with { PeriodSeconds = 0.1, Joints = ["y", "x"] }, "; ");

    private static void AssertFits(TaskDescription task) =>
        Assert.That(() => TaskFit.Require(Manifests.Hybrid, task, "p"), Throws.Nothing);

    private static void AssertRefused(TaskDescription task, string named) =>
        Assert.That(
            () => TaskFit.Require(Manifests.Hybrid, task, "p"),
            Throws.TypeOf<ScenarioException>().With.Message.Contains(named));

    private static TaskChannel[] With(
        IReadOnlyList<TaskChannel> channels, int index, Func<TaskChannel, TaskChannel> change) =>
        [.. channels.Select((channel, i) => i == index ? change(channel) : channel)];
}
