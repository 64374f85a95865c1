using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Devices.Power;
using HilRig.Rig.Files;
using HilRig.Rig.Processes;
using HilRig.Rig.Running;

namespace HilRig.Rig.Tests.Files;

public sealed class PowerTests
{
    private const string Relay = "power: { kind: serial-relay, port: /dev/ttyUSB9, channel: 2 }";
    private const string Gpio =
        "power: { kind: gpio, chip: /dev/gpiochip0, line: 17, activeLow: true }";

    [Test]
    public void A_power_switch_is_read()
    {
        Assert.That(Load("so101-usb", Relay).Power, Is.EqualTo(new PowerDescription(
            PowerSwitchKind.SerialRelay, "/dev/ttyUSB9", 2, IsActiveLow: false)));
        Assert.That(Load("so101-usb", Gpio).Power, Is.EqualTo(new PowerDescription(
            PowerSwitchKind.Gpio, "/dev/gpiochip0", 17, IsActiveLow: true)));
    }

    [Test]
    public void A_supply_is_read() => Assert.That(
        Load("so101-usb", "power: { kind: scpi, port: tcp://bench-psu:5025, baud: 115200 }").Power,
        Is.EqualTo(new PowerDescription(
            PowerSwitchKind.ScpiSupply, "tcp://bench-psu:5025", 0, IsActiveLow: false)
        {
            Baud = 115_200,
        }));

    [Test]
    public void An_emergency_stop_is_read()
    {
        Assert.That(
            Load("so101-usb", "emergencyStop: { kind: gpio, chip: /dev/gpiochip1, line: 4 }")
                .EmergencyStop,
            Is.EqualTo(new EmergencyStopDescription(
                EmergencyStopKind.Gpio, "/dev/gpiochip1", 4, IsActiveLow: false,
                EmergencyStopCategory.StopWithPower)));
        Assert.That(
            Load("so101-usb", Button(1) + "\n" + Relay).EmergencyStop?.Category,
            Is.EqualTo(EmergencyStopCategory.StopThenRemovePower));
        Assert.That(Load("so101-virtual", "").EmergencyStop?.Kind,
            Is.EqualTo(EmergencyStopKind.Virtual));
    }

    [Test]
    public void What_cannot_be_kept_is_refused()
    {
        Assert.That(() => Load("so101-usb", Button(0)),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("needs a 'power' switch"));
        Assert.That(() => Load("so101-usb", "emergencyStop: { kind: virtual }"),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("virtual arm"));
        Assert.That(() => Load("arm7-virtual", Button(2)),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("no guardian"));
    }

    [TestCase("so101-usb", "", false)]
    [TestCase("so101-usb", Relay, true)]
    [TestCase("so101-usb", "unattendedWithoutIndependentStop: acknowledged by Ada", true)]
    [TestCase("so101-virtual", "", true)]
    public void A_real_rig_runs_unattended_with_an_independent_stop_or_a_name(
        string rig, string more, bool isAllowed)
    {
        RigDescription loaded = Load(rig, more);

        Assert.That(
            () => UnattendedRule.Require(loaded),
            isAllowed ? Throws.Nothing : Throws.TypeOf<ScenarioException>()
                .With.Message.Contains("acknowledged by NAME"));
    }

    [TestCase("unattendedWithoutIndependentStop: yes")]
    [TestCase("unattendedWithoutIndependentStop: acknowledged by")]
    public void Nobody_is_no_name(string line) => Assert.That(
        () => Load("so101-usb", line), Throws.TypeOf<ScenarioException>());

    [Test]
    public void A_controller_has_no_guardian_that_could_open_a_switch() => Assert.That(
        () => Load("arm7-virtual", Relay),
        Throws.TypeOf<ScenarioException>().With.Message.Contains("no guardian"));

    [Test]
    public void The_guardians_power_is_on_at_first_and_each_order_is_logged()
    {
        var power = new ScriptedSwitch();
        var log = new StringWriter();
        using (GuardedPower guarded = GuardedPower.TurnOn(power, log))
        {
            Assert.That(power.Orders, Is.EqualTo(new[] { true }));
            guarded.Cut("a test");
        }

        Assert.That(power.Orders, Is.EqualTo(new[] { true, false }));
        Assert.That(log.ToString(), Does.Contain("power off").And.Contain("a test"));
        Assert.That(power.IsDisposed, Is.True);
    }

    [Test]
    public void A_switch_that_does_not_switch_guards_nothing() => Assert.That(
        () => GuardedPower.TurnOn(
            new ScriptedSwitch { Status = PowerSwitchStatus.Failed }, TextWriter.Null),
        Throws.TypeOf<DeviceException>());

    private static string Button(int category) =>
        $"emergencyStop: {{ kind: gpio, chip: /dev/gpiochip1, line: 4, category: {category} }}";

    private static RigDescription Load(string rig, string more)
    {
        string folder = Path.GetDirectoryName(Repository.File("rigs/so101-usb.yaml"))!;
        string path = Path.Combine(
            TestContext.CurrentContext.WorkDirectory, Guid.NewGuid() + ".yaml");
        string text = File.ReadAllText(Path.Combine(folder, rig + ".yaml"))
            .Replace("../models", Path.Combine(folder, "..", "models"), StringComparison.Ordinal);
        File.WriteAllText(path, text + "\n" + more + "\n");
        try
        {
            return RigFile.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed class ScriptedSwitch : IPowerSwitch
    {
        public List<bool> Orders { get; } = [];

        public PowerSwitchStatus Status { get; init; } = PowerSwitchStatus.Confirmed;

        public bool IsDisposed { get; private set; }

        public string Name => "a switch";

        public PowerSwitchStatus Set(bool isOn)
        {
            Orders.Add(isOn);
            return Status;
        }

        public void Dispose() => IsDisposed = true;
    }
}
