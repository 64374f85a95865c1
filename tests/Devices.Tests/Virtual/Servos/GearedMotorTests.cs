using HilRig.Devices.Registers;
using HilRig.Devices.Virtual;
using HilRig.Devices.Virtual.Servos;

namespace HilRig.Devices.Tests.Virtual.Servos;

public sealed class GearedMotorTests
{
    private const double Dt = 250e-6;
    private static readonly VirtualServoParameters Nominal = ShippedServos.At12Volts;

    [Test]
    public void A_torque_free_joint_turns_by_the_backlash_before_the_rotor_takes_it()
    {
        // 0.01 N·m is far below the rotor's friction, so the joint rests on either flank.
        double[] rest = [double.NaN, double.NaN];
        var pendulum = new PendulumParameters(0, 0, 1e-3, 0.02);
        var bench = ServoBench.One(Nominal, pendulum);
        for (var side = 0; side < 2; side++)
        {
            bench.Load.AppliedTorque[0] = side == 0 ? 0.01 : -0.01;
            bench.Run(2);
            rest[side] = bench.Position;
        }

        var windUp = 2 * 0.01 / Nominal.GearStiffness;
        Assert.Multiple(() =>
        {
            Assert.That(rest[0] - rest[1], Is.EqualTo(Nominal.Backlash + windUp).Within(1e-5));
            Assert.That(bench.Servo.Motor.Angle, Is.Zero.Within(1e-5), "the rotor sticks");
        });
    }

    [Test]
    public void Stiction_holds_a_small_weight_for_good()
    {
        var bench = ServoBench.One(
            Nominal, PendulumParameters.PointMass(0.05, 0.1), initial: Math.PI / 2);
        bench.Run(1);
        var settled = bench.Servo.Motor.Angle;
        bench.Run(20);
        Assert.That(bench.Servo.Motor.Angle, Is.EqualTo(settled), "not one bit of creep");
    }

    [Test]
    public void A_weight_above_the_friction_falls_when_the_torque_is_off()
    {
        var bench = ServoBench.One(
            Nominal, PendulumParameters.PointMass(0.5, 0.1), initial: Math.PI / 2);
        bench.Run(1.5);
        Assert.That(bench.Position, Is.LessThan(0.8));
    }

    [Test]
    public void Damping_mode_lets_a_weight_sink_slower_than_torque_off()
    {
        double[] speeds = [double.NaN, double.NaN];
        for (var mode = 0; mode < 2; mode++)
        {
            var bench = ServoBench.One(
                Nominal, PendulumParameters.PointMass(0.8, 0.1), initial: Math.PI / 2);
            bench.Write(Sts3215.TorqueEnable, mode == 0 ? 0 : 2);
            bench.Run(0.3);
            speeds[mode] = Math.Abs(bench.Velocity);
        }

        Assert.That(speeds[1], Is.LessThan(0.5 * speeds[0]).And.GreaterThan(0));
    }

    [TestCase(0.9, ExpectedResult = true)]
    [TestCase(1.1, ExpectedResult = false)]
    public bool The_rotor_sticks_below_its_breakaway_torque(double fractionOfBreakaway)
    {
        var plain = Nominal with
        {
            StribeckFriction = 0.03,
            LoadFriction = 0,
            CoulombFriction = 0.1,
        };
        var motor = new GearedMotor(plain, 1e-3);
        motor.Reset(0);
        var volts = fractionOfBreakaway * 0.13 * plain.Resistance / plain.TorqueConstant;
        for (var i = 0; i < 100; i++)
        {
            motor.Drive(volts, 0, 0, Dt);
        }

        return motor.Velocity == 0 && motor.Angle == 0;
    }

    [Test]
    public void Teeth_push_but_never_pull()
    {
        var motor = new GearedMotor(Nominal with { BacklashDamping = 0 }, 1e-3);
        motor.Reset(0);
        for (var i = 0; i < 4000; i++)
        {
            var shaft = 0.02 * Math.Sin(i * 0.01);
            var torque = motor.Coast(shaft, 0.02 * 0.01 / Dt * Math.Cos(i * 0.01), Dt);
            Assert.That(torque == 0 || torque > 0 == motor.Angle > shaft, Is.True, $"step {i}");
        }
    }

    [TestCase(1e-6)]
    [TestCase(2e-5)]
    [TestCase(1e-3)]
    [TestCase(5e-2)]
    public void Loads_light_and_heavy_come_to_rest_in_the_teeth(double inertia)
    {
        // Pushed against one flank: a step too long for the stiffness would ring for ever.
        var bench = ServoBench.One(Nominal, new PendulumParameters(0, 0, inertia, 0.004));
        bench.Load.AppliedTorque[0] = 0.03;
        bench.Run(2);
        Assert.That(Math.Abs(bench.Velocity), Is.LessThan(1e-4));
    }

    [Test]
    public void The_probe_finds_the_inertia_of_a_pendulum()
    {
        var load = new PendulumLoad(
            new PendulumParameters(0.5, 0.1, 6e-3, 0), new PendulumParameters(0, 0, 2e-5, 0));
        var inertia = LoadProbe.MeasureInertia(load, [1.0, 0.3]);
        Assert.Multiple(() =>
        {
            Assert.That(inertia[0], Is.EqualTo(6e-3).Within(1e-9));
            Assert.That(inertia[1], Is.EqualTo(2e-5).Within(1e-11));
        });
    }
}
