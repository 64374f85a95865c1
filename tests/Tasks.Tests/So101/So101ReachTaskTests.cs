using HilRig.Tasks.So101;

namespace HilRig.Tasks.Tests.So101;

public sealed class So101ReachTaskTests
{
    private static readonly So101ReachTask Task = new();

    [TestCase(0.009, 0, TaskOutcome.Success)]
    [TestCase(0.011, 0, TaskOutcome.Running)]
    [TestCase(0.005, 0.05, TaskOutcome.Success)]
    [TestCase(0.005, 1, TaskOutcome.Running)]
    public void Done_is_within_1_cm_and_slow_enough_to_stay_for_three_periods(
        double above, double panVelocity, TaskOutcome outcome)
    {
        double[] joints = [.. So101Arm.Home];
        (double X, double Y, double Z) tool = So101Arm.Tool(joints);
        double distance = Math.Sqrt((tool.X * tool.X) + (tool.Y * tool.Y));
        double[] start = [distance, Math.Atan2(tool.Y, tool.X), tool.Z + above, 0, 0, 0];
        var state = new TaskState
        {
            Position = joints,
            Velocity = new[] { panVelocity, 0, 0, 0, 0, 0 },
            Goal = joints,
            Objects = [],
            Start = start,
            StepIndex = 5,
        };
        Assert.That(Task.Judge(state), Is.EqualTo(outcome));
    }
}
