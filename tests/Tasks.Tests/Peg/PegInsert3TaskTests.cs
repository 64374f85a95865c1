using HilRig.Tasks.Peg;

namespace HilRig.Tasks.Tests.Peg;

public sealed class PegInsert3TaskTests
{
    private static readonly PegInsert3Task Task = new();

    [TestCase(0)]
    [TestCase(0.15)]
    [TestCase(-0.1)]
    public void A_peg_on_the_axis_of_a_turned_slot_is_measured_there(double angle)
    {
        // The tip 10 mm above the mouth of a slot at x = 30 mm, the peg along the slot.
        double along = PegGeometry.Length + 0.01;
        PegGeometry peg = PegGeometry.Of(Scene(
            0.03 + (along * Math.Sin(angle)),
            (along * Math.Cos(angle)) - PegGeometry.AxisAboveMouth,
            angle,
            0.03,
            angle));
        Assert.Multiple(() =>
        {
            Assert.That(peg.Lateral, Is.EqualTo(0).Within(1e-12));
            Assert.That(peg.Height, Is.EqualTo(0.01).Within(1e-12));
            Assert.That(peg.Angle, Is.EqualTo(0));
        });
    }

    [TestCase(-0.0439, 0, TaskOutcome.Running)]
    [TestCase(-0.0441, 0, TaskOutcome.Success)]
    [TestCase(-0.0441, 0.12, TaskOutcome.Running)]
    public void Done_is_24_mm_deep_and_in_the_slot(double z, double x, TaskOutcome outcome) =>
        Assert.That(Task.Judge(Scene(x, z, 0, 0, 0)), Is.EqualTo(outcome));

    private static TaskState Scene(double x, double z, double tilt, double slot, double angle) =>
        new()
        {
            Position = new[] { x, z, tilt },
            Velocity = new double[3],
            Goal = new[] { x, z, tilt },
            Objects = new[] { slot, angle },
            Start = new double[5],
            StepIndex = 0,
        };
}
