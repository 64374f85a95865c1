using HilRig.Core.Errors;
using HilRig.Devices.Registers;
using HilRig.Devices.Virtual;

namespace HilRig.Devices.Tests.Virtual;

public sealed class VirtualArmTests
{
    [Test]
    public void Six_stalled_servos_pull_the_supply_down_by_their_current()
    {
        const double SourceResistance = 0.15;
        var parameters = Enumerable.Repeat(ShippedServos.At12Volts, 6).ToArray();
        var heavy = Enumerable.Repeat(new PendulumParameters(0, 0, 1e6, 0), 6).ToArray();
        var bench = new ServoBench(
            ServoBench.Options(parameters, supplyResistance: SourceResistance),
            new PendulumLoad(heavy));
        for (byte id = 1; id <= 6; id++)
        {
            bench.Write(Sts3215.TorqueEnable, 1, id);
            bench.Write(Sts3215.GoalPosition, 4000, id);
        }

        bench.Run(1);

        // V = V0 − Rs·6·(idle + d²·V/R) solved for V.
        var servo = ShippedServos.At12Volts;
        var conductance = 6 * servo.DutyMax * servo.DutyMax / servo.Resistance;
        var expected = (12 - (SourceResistance * 6 * servo.IdleCurrent))
            / (1 + (SourceResistance * conductance));
        Assert.Multiple(() =>
        {
            Assert.That(bench.Arm.BusVolts, Is.EqualTo(expected).Within(1e-6));
            Assert.That(bench.Arm.BusVolts, Is.LessThan(10.5));
            Assert.That(bench.Read(Sts3215.PresentVoltage), Is.EqualTo(Math.Round(expected * 10)));
        });
    }

    [Test]
    public void The_same_inputs_give_the_same_bits_and_another_seed_does_not()
    {
        var first = Drive(7);
        var again = Drive(7);
        Assert.Multiple(() =>
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That(Drive(8), Is.Not.EqualTo(first));
        });
    }

    [Test]
    public void Stepping_allocates_nothing()
    {
        var bench = Arm(7);
        bench.Run(0.1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        bench.Arm.StepTo(bench.Arm.ArmNanoseconds + 100_000_000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void A_joint_turned_the_other_way_with_a_ratio_still_follows_its_counts()
    {
        var options = ServoBench.Options([ShippedServos.At12Volts]);
        options = options with
        {
            Servos =
            [
                options.Servos[0] with { Sign = -1, JointPerRadian = 0.5, JointOffset = 0.1 },
            ],
            InitialPosition = [0.1],
        };
        var bench = new ServoBench(options, new PendulumLoad(PendulumParameters.Wheel));
        bench.Write(Sts3215.TorqueEnable, 1);
        bench.Write(Sts3215.GoalPosition, 2048 + 1000);
        bench.Run(2);
        var expected = 0.1 - (0.5 * FeetechUnits.TicksToRadians(1000));
        Assert.That(bench.Position, Is.EqualTo(expected).Within(0.01));
    }

    [Test]
    public void Stop_instants_can_be_read_from_the_events()
    {
        var bench = ServoBench.One(ShippedServos.At12Volts, PendulumParameters.Wheel);
        bench.Write(Sts3215.TorqueEnable, 1);
        for (var i = 0; i < 50; i++)
        {
            bench.Write(Sts3215.GoalPosition, 2048 + (10 * i));
            bench.Run(0.004);
        }

        var lastGoal = bench.Arm.ArmNanoseconds - 4_000_000;
        bench.Write(Sts3215.TorqueLimit, 200);
        bench.Run(1);
        bench.Write(Sts3215.TorqueEnable, 0);
        bench.Run(0.1);
        var events = bench.Arm.Events.ReadFrom(0);
        var stopped = events.Single(e => e.Kind == VirtualArmEventKind.GoalStopped);
        var rest = events.Last(e => e.Kind == VirtualArmEventKind.ShaftStopped);
        Assert.Multiple(() =>
        {
            Assert.That(stopped.ArmNanoseconds, Is.EqualTo(lastGoal));
            Assert.That(stopped.Value, Is.EqualTo(2048 + 490));
            Assert.That(rest.ArmNanoseconds - lastGoal, Is.InRange(0, 500_000_000));
            Assert.That(events.Select(e => e.Kind), Does.Contain(VirtualArmEventKind.TorqueOn));
            Assert.That(events.Select(e => e.Kind), Does.Contain(VirtualArmEventKind.TorqueOff));
            Assert.That(
                events.Last(e => e.Kind == VirtualArmEventKind.TorqueLimit).Value, Is.EqualTo(0.2));
        });
    }

    [Test]
    public void Rest_is_left_by_the_goal_and_found_again_by_shaft_and_goal()
    {
        var bench = ServoBench.One(ShippedServos.At12Volts, PendulumParameters.Wheel);
        bench.Write(Sts3215.TorqueEnable, 1);
        bench.Run(0.2);
        bench.Write(Sts3215.GoalPosition, 2348);
        var asked = bench.Arm.ArmNanoseconds;
        bench.Run(0.1);
        bench.Write(Sts3215.TorqueLimit, 1000);
        var written = bench.Arm.ArmNanoseconds;
        bench.Run(1.5);
        var events = bench.Arm.Events.ReadFrom(0);
        var left = events.Last(e => e.Kind == VirtualArmEventKind.LeftRest);
        var rest = events.Last(e => e.Kind == VirtualArmEventKind.CameToRest);
        Assert.Multiple(() =>
        {
            Assert.That(left.ArmNanoseconds, Is.EqualTo(asked));
            Assert.That(rest.ArmNanoseconds - asked, Is.InRange(100_000_000, 1_000_000_000));
            Assert.That(
                events.Last(e => e.Kind == VirtualArmEventKind.TorqueLimitWritten).ArmNanoseconds,
                Is.EqualTo(written),
                "stamped though it changes nothing");
        });
    }

    [Test]
    public void All_faults_of_the_options_are_told_at_once()
    {
        var good = ServoBench.Options([ShippedServos.At12Volts, ShippedServos.At12Volts]);
        var bad = good with
        {
            SupplyVolts = -1,
            Servos =
            [
                good.Servos[0] with { Sign = 3 },
                good.Servos[1] with
                {
                    Id = 1,
                    Registers = new Dictionary<string, int> { ["return_dealy"] = 0 },
                    Parameters = ShippedServos.At12Volts with { Resistance = double.NaN },
                },
            ],
        };
        var load = new PendulumLoad(PendulumParameters.Wheel, PendulumParameters.Wheel);
        var error = Assert.Throws<ScenarioException>(() => _ = new VirtualArm(bad, load));
        Assert.That(error!.Found, Does.Contain("supply").And.Contain("twice").And.Contain("sign")
            .And.Contain("return_dealy").And.Contain("resistance"));
    }

    internal static ServoBench Arm(ulong seed)
    {
        var spread = ShippedServos.Spread("sts3215-12v.yaml");
        VirtualServoParameters[] parameters =
        [
            .. Enumerable.Range(1, 6).Select(
                id => spread.Sample(ShippedServos.At12Volts, seed, (byte)id)),
        ];
        var pendulums = Enumerable.Range(1, 6)
            .Select(i => PendulumParameters.PointMass(0.05 * i, 0.1)).ToArray();
        return new ServoBench(
            ServoBench.Options(parameters, supplyResistance: 0.15) with { Seed = seed },
            new PendulumLoad(pendulums));
    }

    private static ulong Drive(ulong seed)
    {
        var bench = Arm(seed);
        for (byte id = 1; id <= 6; id++)
        {
            bench.Write(Sts3215.TorqueEnable, 1, id);
        }

        for (var i = 0; i < 100; i++)
        {
            for (byte id = 1; id <= 6; id++)
            {
                bench.Write(Sts3215.GoalPosition, 2048 + (int)(300 * Math.Sin((0.1 * i) + id)), id);
            }

            bench.Run(0.004);
        }

        return bench.Arm.StateHash();
    }
}
