using HilRig.Devices.Registers;
using HilRig.Devices.Virtual;

namespace HilRig.Devices.Tests.Virtual.Servos;

/// <summary>The shipped servos against what Feetech publishes, through the whole servo.</summary>
public sealed class MotorFiguresTests
{
    // Single servos and different sellers disagree by about this much.
    private const double PublishedTolerance = 0.06;
    private const double KilogramForceCentimeters = 0.0980665;

    private static readonly PendulumParameters FreeWheel =
        PendulumParameters.Wheel with { Damping = 0 };

    [TestCase("sts3215-12v.yaml", 12, 45)]
    [TestCase("sts3215-7v4.yaml", 7.4, 52)]
    public void No_load_speed_is_the_published_one(
        string file, double volts, double revolutionsPerMinute)
    {
        var bench = FullDuty(file, volts, FreeWheel);
        bench.Run(1.0);
        var published = revolutionsPerMinute * 2 * Math.PI / 60;
        TestContext.Out.WriteLine(
            $"{file}: {bench.Velocity:F2} rad/s without load, published {published:F2}");
        Assert.That(bench.Velocity, Is.EqualTo(published).Within(PublishedTolerance * published));
    }

    [TestCase("sts3215-12v.yaml", 12, 0.18)]
    [TestCase("sts3215-7v4.yaml", 7.4, 0.15)]
    public void No_load_current_is_the_published_one(string file, double volts, double amperes)
    {
        var bench = FullDuty(file, volts, FreeWheel);
        bench.Run(1.0);
        Assert.That(bench.Servo.Motor.Current, Is.EqualTo(amperes).Within(0.15 * amperes));
    }

    [TestCase("sts3215-12v.yaml", 12, 30, 35)]
    [TestCase("sts3215-7v4.yaml", 7.4, 19.5, 21)]
    public void Stall_torque_lies_between_published_and_measured(
        string file, double volts, double publishedKgCm, double measuredKgCm)
    {
        // So heavy that it cannot move within the test; slowly, as on a test bench, because
        // friction would hold the overshoot of a sudden start.
        var bench = FullDuty(file, volts, new PendulumParameters(0, 0, 1e6, 0), duty: 0);
        for (var duty = 0; duty <= 1000; duty += 5)
        {
            bench.Write(Sts3215.GoalTime, duty);
            bench.Run(0.01);
        }

        var kilogramForceCentimeters = bench.Servo.Motor.OutputTorque / KilogramForceCentimeters;
        TestContext.Out.WriteLine(
            $"{file}: {kilogramForceCentimeters:F1} kg·cm at stall, published {publishedKgCm}");
        Assert.That(kilogramForceCentimeters, Is.InRange(0.95 * publishedKgCm, measuredKgCm));
    }

    [Test]
    public void Stall_current_is_the_published_one()
    {
        var bench = FullDuty("sts3215-12v.yaml", 12, new PendulumParameters(0, 0, 1e6, 0));
        bench.Run(0.5);
        Assert.That(bench.Servo.Motor.Current, Is.EqualTo(2.7).Within(0.1));
    }

    private static ServoBench FullDuty(
        string file, double volts, PendulumParameters pendulum, int duty = 1000)
    {
        var bench = ServoBench.One(ShippedServos.Parameters(file), pendulum, volts);
        bench.Write(Sts3215.OperatingMode, 2);
        bench.Write(Sts3215.GoalTime, duty);
        bench.Write(Sts3215.TorqueEnable, 1);
        return bench;
    }
}
