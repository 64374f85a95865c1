using HilRig.Tasks.Pick;

namespace HilRig.Tasks.Tests.Pick;

public sealed class PickPlaceRingTaskTests
{
    private static readonly PickPlaceRingTask Task = new();

    [TestCase(0.05, 0.015, 0.02, TaskOutcome.Success)]
    [TestCase(0.03, 0.015, 0.02, TaskOutcome.Running, TestName = "Held is not released")]
    [TestCase(0.05, 0.04, 0.02, TaskOutcome.Running, TestName = "High is not in the ring")]
    [TestCase(0.05, 0.015, 0.026, TaskOutcome.Running, TestName = "Beside is not in the ring")]
    public void Done_is_released_low_and_inside(
        double opening, double height, double distance, TaskOutcome outcome) =>
        Assert.That(
            Task.Judge(Scene(opening, 0.01, height, 0.01 + distance)), Is.EqualTo(outcome));

    [Test]
    public void A_puck_out_of_reach_ends_the_episode() =>
        Assert.That(
            Task.Judge(Scene(0.05, 0.17, 0.015, 0)), Is.EqualTo(TaskOutcome.Failure));

    private static TaskState Scene(double opening, double puckX, double puckZ, double ringX) =>
        new()
        {
            Position = new[] { 0, 0, 0.02, opening },
            Velocity = new double[4],
            Goal = new[] { 0, 0, 0.02, opening },
            Objects = new[] { puckX, 0.05, puckZ, ringX, 0.05 },
            Start = new double[7],
            StepIndex = 0,
        };
}
