using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Virtual;
using HilRig.Devices.Virtual.Faults;

namespace HilRig.Devices.Tests.Virtual.Servos;

public sealed class PowerLossTests
{
    [Test]
    public void Without_power_a_servo_is_limp_silent_and_draws_nothing()
    {
        ServoBench bench = Holding();
        double held = bench.Arm.JointPosition[0];
        bench.Arm.Power(isOn: false);
        bench.Run(0.5);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Arm.BusVolts, Is.Zero);
            Assert.That(bench.Arm.Servos[0].SupplyCurrent, Is.Zero);
            Assert.That(
                Math.Abs(bench.Arm.JointPosition[0] - held), Is.GreaterThan(0.1), "it falls");
            Assert.That(Replies(bench), Is.Zero);
        }
    }

    [Test]
    public void Back_on_power_its_registers_are_as_after_power_on()
    {
        ServoBench bench = Holding();
        bench.Write(Sts3215.TorqueLimit, 300);
        bench.Arm.Power(isOn: false);
        bench.Run(0.2);
        bench.Arm.Power(isOn: true);
        bench.Run(0.5);
        var fresh = Fresh();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Replies(bench), Is.EqualTo(1));
            Assert.That(bench.Read(Sts3215.TorqueEnable), Is.Zero);
            Assert.That(
                bench.Read(Sts3215.TorqueLimit), Is.EqualTo(fresh.Read(Sts3215.TorqueLimit)));
            Assert.That(bench.Arm.BusVolts, Is.GreaterThan(10));
            Assert.That(
                bench.Arm.Events.ReadFrom(0, out _).Select(happened => happened.Kind),
                Does.Contain(VirtualArmEventKind.PowerLost)
                    .And.Contain(VirtualArmEventKind.PowerReturned));
        }
    }

    [Test]
    public void Power_needs_a_supply_and_a_closed_relay()
    {
        VirtualArm arm = Fresh().Arm;
        arm.IsRelayClosed = false;
        arm.HasSupply = false;
        arm.IsRelayClosed = true;
        Assert.That(arm.IsPowered, Is.False);
        arm.HasSupply = true;
        Assert.That(arm.IsPowered, Is.True);
    }

    // A pendulum held a quarter turn up.
    private static ServoBench Holding()
    {
        ServoBench bench = Fresh();
        bench.Write(Sts3215.TorqueEnable, 1);
        bench.Write(Sts3215.GoalPosition, 2048 + 1024);
        bench.Run(2);
        return bench;
    }

    private static ServoBench Fresh() => ServoBench.One(
        ShippedServos.At12Volts, new PendulumParameters(0.3, 0.15, 0.01, 0));

    private static int Replies(ServoBench bench) => bench.Send(FeetechInstruction.Ping);

    [TestCase("press number=3")]
    [TestCase("unwire for=0.5")]
    [TestCase("unpower after=2")]
    public void Faults_beside_the_bus_have_their_words(string text) =>
        Assert.That(() => FaultText.Parse(text), Throws.Nothing);
}
