using HilRig.Tasks.Drawer;

namespace HilRig.Tasks.Tests.Drawer;

public sealed class DrawerHookTaskTests
{
    private static readonly DrawerHookTask Task = new();

    [Test]
    public void The_slot_is_before_the_face_and_comes_with_the_drawer()
    {
        // The pin 50 mm before a cabinet's face, 10 mm right of it and 20 mm above its bar.
        DrawerGeometry shut = DrawerGeometry.Of(Scene(-0.03, 0, 0.02, opening: 0));
        DrawerGeometry open = DrawerGeometry.Of(Scene(-0.03, 0, 0.02, opening: 0.04));
        Assert.Multiple(() =>
        {
            Assert.That(shut.Ahead, Is.EqualTo(0.047).Within(1e-12));
            Assert.That(shut.Left, Is.EqualTo(0.01).Within(1e-12));
            Assert.That(shut.Up, Is.EqualTo(-0.02).Within(1e-12));
            Assert.That(open.Ahead, Is.EqualTo(0.007).Within(1e-12));
        });
    }

    [TestCase(0.0999, TaskOutcome.Running)]
    [TestCase(0.1, TaskOutcome.Success)]
    public void Done_is_open_by_10_cm(double opening, TaskOutcome outcome) =>
        Assert.That(Task.Judge(Scene(0, 0, 0, opening)), Is.EqualTo(outcome));

    private static TaskState Scene(double x, double y, double z, double opening) => new()
    {
        Position = new[] { x, y, z },
        Velocity = new double[3],
        Goal = new[] { x, y, z },
        Objects = new[] { 0.02, 0.01, 0, opening },
        Start = new double[6],
        StepIndex = 0,
    };
}
