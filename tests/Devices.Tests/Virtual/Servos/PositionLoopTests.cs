using HilRig.Devices.Registers;
using HilRig.Devices.Virtual;
using HilRig.Devices.Virtual.Servos;

namespace HilRig.Devices.Tests.Virtual.Servos;

public sealed class PositionLoopTests
{
    private const double TicksPerRadian = FeetechUnits.TicksPerRadian;

    private static readonly VirtualServoParameters Nominal = ShippedServos.At12Volts;

    private static readonly VirtualServoParameters Frictionless = Nominal with
    {
        CoulombFriction = 0,
        StribeckFriction = 0,
        LoadFriction = 0,
        Backlash = 0,
        EncoderEccentricity = 0,
    };

    [Test]
    public void A_step_arrives_at_the_goal_without_running_away()
    {
        var bench = ServoBench.One(Nominal, PendulumParameters.Wheel);
        bench.Write(Sts3215.TorqueEnable, 1);
        bench.Write(Sts3215.GoalPosition, 2048 + 512);
        var highest = double.NaN;
        for (var i = 0; i < 100; i++)
        {
            bench.Run(0.01);
            highest = double.IsNaN(highest) ? bench.Position : Math.Max(highest, bench.Position);
        }

        var goal = 512 / TicksPerRadian;
        Assert.Multiple(() =>
        {
            Assert.That(bench.Position, Is.EqualTo(goal).Within(8 / TicksPerRadian));
            Assert.That(highest, Is.LessThan(goal * 1.1));
            Assert.That(bench.Read(Sts3215.PresentPosition), Is.EqualTo(2048 + 512).Within(8));
            Assert.That(bench.Read(Sts3215.Moving), Is.Zero);
        });
    }

    [TestCase(300)]
    [TestCase(1000)]
    public void Goal_velocity_bounds_the_speed(int ticksPerSecond)
    {
        var bench = ServoBench.One(Nominal, PendulumParameters.Wheel);
        bench.Write(Sts3215.GoalVelocity, ticksPerSecond);
        bench.Write(Sts3215.TorqueEnable, 1);
        bench.Write(Sts3215.GoalPosition, 4000);
        bench.Run(0.8);
        var start = bench.Position;
        bench.Run(0.4);
        var velocity = (bench.Position - start) / 0.4 * TicksPerRadian;
        Assert.Multiple(() =>
        {
            Assert.That(velocity, Is.EqualTo(ticksPerSecond).Within(0.02 * ticksPerSecond));
            Assert.That(bench.Read(Sts3215.PresentVelocity), Is.EqualTo(ticksPerSecond).Within(51));
        });
    }

    [Test]
    public void Acceleration_bounds_the_start()
    {
        var bench = ServoBench.One(Frictionless, PendulumParameters.Wheel);
        bench.Write(Sts3215.Acceleration, 10);
        bench.Write(Sts3215.TorqueEnable, 1);
        bench.Write(Sts3215.GoalPosition, 4000);
        bench.Run(0.5);
        var wanted = FeetechUnits.AccelerationToRadiansPerSecondSquared(10) * 0.5;
        Assert.That(bench.Velocity, Is.EqualTo(wanted).Within(0.15 * wanted));
    }

    [TestCase(16)]
    [TestCase(32)]
    public void Without_friction_the_droop_under_gravity_is_torque_over_gain(int gain)
    {
        // 0.5 kg at 0.1 m, held level: 0.49 N·m.
        var bench = ServoBench.One(
            Frictionless, PendulumParameters.PointMass(0.5, 0.1), initial: Math.PI / 2);
        var goal = bench.Read(Sts3215.PresentPosition);
        bench.Write(Sts3215.PositionP, gain);
        bench.Write(Sts3215.TorqueEnable, 1);
        bench.Write(Sts3215.GoalPosition, goal);
        bench.Run(3);
        var torque = 0.5 * 9.80665 * 0.1 * Math.Sin(bench.Position);
        var droop = torque * Nominal.Resistance
            / (Nominal.TorqueConstant * 12 * Nominal.ErrorGain * gain);
        var measured = (Math.PI / 2) - bench.Position;
        Assert.That(measured, Is.EqualTo(droop).Within(1.5 / TicksPerRadian));
    }

    [Test]
    public void Friction_makes_the_droop_depend_on_the_side_it_comes_from()
    {
        double[] rest = [double.NaN, double.NaN];
        for (var side = 0; side < 2; side++)
        {
            var bench = ServoBench.One(Nominal, PendulumParameters.PointMass(0.8, 0.12));
            bench.Write(Sts3215.TorqueEnable, 1);
            bench.Write(Sts3215.GoalPosition, 2048 + (side == 0 ? 400 : 1300));
            bench.Run(2);
            bench.Write(Sts3215.GoalVelocity, 200);
            bench.Write(Sts3215.GoalPosition, 2048 + 900);
            bench.Run(4);
            rest[side] = bench.Position;
        }

        Assert.That(rest[1] - rest[0], Is.GreaterThan(10 / TicksPerRadian));
    }

    [Test]
    public void An_error_within_the_dead_zone_is_left_alone()
    {
        var bench = ServoBench.One(Frictionless, PendulumParameters.Wheel);
        bench.Write(Sts3215.DeadZoneClockwise, 20);
        bench.Write(Sts3215.DeadZoneCounterClockwise, 20);
        bench.Write(Sts3215.TorqueEnable, 1);
        bench.Write(Sts3215.GoalPosition, 2048 + 18);
        bench.Run(0.5);
        Assert.That(bench.Read(Sts3215.PresentPosition), Is.EqualTo(2048));
        bench.Write(Sts3215.GoalPosition, 2048 + 60);
        bench.Run(0.5);
        Assert.That(bench.Read(Sts3215.PresentPosition), Is.GreaterThan(2048 + 30));
    }

    [Test]
    public void Position_limits_bound_the_goal()
    {
        var bench = ServoBench.One(Nominal, PendulumParameters.Wheel);
        bench.Write(Sts3215.MaxPositionLimit, 2500);
        bench.Write(Sts3215.TorqueEnable, 1);
        bench.Write(Sts3215.GoalPosition, 3500);
        bench.Run(2);
        Assert.That(bench.Read(Sts3215.PresentPosition), Is.EqualTo(2500).Within(8));
    }

    [Test]
    public void Torque_limit_bounds_the_duty()
    {
        var bench = ServoBench.One(Nominal, new PendulumParameters(0, 0, 1e6, 0));
        bench.Write(Sts3215.TorqueLimit, 300);
        bench.Write(Sts3215.TorqueEnable, 1);
        bench.Write(Sts3215.GoalPosition, 4000);
        bench.Run(1);
        Assert.That(bench.Servo.Duty, Is.EqualTo(0.3 * Nominal.DutyMax).Within(1e-9));
        Assert.That(bench.Read(Sts3215.PresentLoad), Is.EqualTo(291));
    }

    [Test]
    public void Overload_falls_back_to_the_protective_torque_until_torque_is_written()
    {
        var bench = ServoBench.One(Nominal, new PendulumParameters(0, 0, 1e6, 0));
        bench.Write(Sts3215.TorqueEnable, 1);
        bench.Write(Sts3215.GoalPosition, 4000);
        bench.Run(1.9);
        Assert.That(bench.Servo.Duty, Is.EqualTo(Nominal.DutyMax).Within(1e-9), "before 2 s");
        bench.Run(0.5);
        Assert.Multiple(() =>
        {
            Assert.That(bench.Servo.Duty, Is.EqualTo(0.2).Within(1e-9), "after 2 s");
            Assert.That(bench.Read(Sts3215.Status), Is.EqualTo(0x20));
        });
        bench.Write(Sts3215.TorqueEnable, 1);
        bench.Run(0.5);
        Assert.That(
            bench.Servo.Duty, Is.EqualTo(Nominal.DutyMax).Within(1e-9), "torque written again");
    }

    [Test]
    public void Heat_takes_the_torque_away()
    {
        // 32 W at stall into a small case: above 70 °C within seconds; overload guard off.
        var hot = Nominal with { HeatCapacity = 2 };
        var bench = ServoBench.One(hot, new PendulumParameters(0, 0, 1e6, 0));
        bench.Write(Sts3215.UnloadCondition, 4);
        bench.Write(Sts3215.TorqueEnable, 1);
        bench.Write(Sts3215.GoalPosition, 4000);
        for (var i = 0; i < 100 && (bench.Read(Sts3215.Status) & 4) == 0; i++)
        {
            bench.Run(0.1);
        }

        Assert.Multiple(() =>
        {
            Assert.That(bench.Read(Sts3215.Status) & 4, Is.EqualTo(4));
            Assert.That(bench.Read(Sts3215.PresentTemperature), Is.EqualTo(70).Within(1));
            Assert.That(bench.Servo.Motor.Current, Is.Zero);
        });
    }

    [Test]
    public void The_firmware_acts_on_a_goal_after_its_latency()
    {
        var bench = ServoBench.One(
            Frictionless with { FirmwareLatency = 0.02 }, PendulumParameters.Wheel);
        bench.Write(Sts3215.TorqueEnable, 1);
        bench.Run(0.1);
        bench.Write(Sts3215.GoalPosition, 2600);
        bench.Run(0.019);
        Assert.That(bench.Servo.Duty, Is.Zero);
        bench.Run(0.004);
        Assert.That(bench.Servo.Duty, Is.GreaterThan(0));
    }

    [Test]
    public void Torque_on_right_after_a_new_goal_does_not_chase_the_old_one()
    {
        var bench = ServoBench.One(Nominal, PendulumParameters.Wheel);
        bench.Write(Sts3215.GoalPosition, 3000);
        bench.Run(0.1);
        bench.Write(Sts3215.GoalPosition, 2048);
        bench.Write(Sts3215.TorqueEnable, 1);
        for (var i = 0; i < 40; i++)
        {
            bench.Run(0.00025);
            Assert.That(bench.Servo.Duty, Is.Zero);
        }
    }

    [Test]
    public void Present_velocity_has_steps_of_fifty_ticks_a_second()
    {
        var bench = ServoBench.One(Nominal, PendulumParameters.Wheel);
        bench.Write(Sts3215.GoalVelocity, 333);
        bench.Write(Sts3215.TorqueEnable, 1);
        bench.Write(Sts3215.GoalPosition, 3000);
        var seen = new HashSet<int>();
        for (var i = 0; i < 200; i++)
        {
            bench.Run(0.005);
            seen.Add(bench.Read(Sts3215.PresentVelocity));
        }

        Assert.That(seen, Has.Count.GreaterThan(2));
        const int Step = 1000 / VelocityEstimate.WindowTicks;
        Assert.That(seen.Select(value => value % Step), Is.All.Zero);
    }
}
