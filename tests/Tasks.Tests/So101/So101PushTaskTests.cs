using HilRig.Tasks.So101;

namespace HilRig.Tasks.Tests.So101;

public sealed class So101PushTaskTests
{
    private static readonly So101PushTask Task = new();

    [Test]
    public void A_puck_of_bearing_pi_lies_between_the_arm_and_the_zone()
    {
        double[] start = [0.3, Math.PI / 6, 0.06, Math.PI, 0.1];
        double[] position = new double[6];
        double[] objects = new double[2];
        Task.Place(start, position, objects);
        Assert.Multiple(() =>
        {
            Assert.That(objects[0], Is.EqualTo(0.24 * Math.Cos(Math.PI / 6)).Within(1e-12));
            Assert.That(objects[1], Is.EqualTo(0.12).Within(1e-12));
            Assert.That(position[0], Is.EqualTo(0.1));
        });
    }

    [TestCase(0.0199, TaskOutcome.Success)]
    [TestCase(0.0201, TaskOutcome.Running)]
    public void Done_is_within_2_cm_of_the_zone(double off, TaskOutcome outcome)
    {
        var state = new TaskState
        {
            Position = new double[6],
            Velocity = new double[6],
            Goal = new double[6],
            Objects = new[] { 0.3, off },
            Start = new[] { 0.3, 0, 0, 0, 0 },
            StepIndex = 0,
        };
        Assert.That(Task.Judge(state), Is.EqualTo(outcome));
    }
}
