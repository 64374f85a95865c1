using HilRig.Core.RealTime;
using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Registers;
using HilRig.Devices.Tests.Virtual;
using HilRig.Devices.Virtual;
using HilRig.Devices.Virtual.Server;

namespace HilRig.Devices.Tests.Buses;

/// <summary>The driver against the virtual servos, paced as on a wire.</summary>
[CancelAfter(60_000)]
public sealed class VirtualBusConnectTests
{
    private const int Baud = 1_000_000;
    private const long ToleranceNanoseconds = 50_000;
    private static readonly byte[] Ids = [1, 2, 3, 4, 5, 6];

    private static readonly Dictionary<string, int> Gains = new()
    {
        ["position_p"] = 16,
        ["position_i"] = 0,
        ["position_d"] = 32,
        ["acceleration"] = 254,
    };

    [TestCase(VirtualBusPort.PseudoTerminal)]
    [TestCase(VirtualBusPort.Tcp)]
    public void Factory_settings_are_replaced_and_stay_in_place(VirtualBusPort kind)
    {
        using VirtualBusServer server = Start(kind, Baud);
        using ConnectedBus connected = Connect(server);
        int[] delays = [-1, -1, -1, -1, -1, -1];
        int[] gains = [-1, -1, -1, -1, -1, -1];
        ServoGroup group = connected.Group();

        Assert.That(group.ReadEach(Sts3215.ReturnDelay, delays), Is.EqualTo(BusStatus.Ok));
        Assert.That(group.ReadEach(Sts3215.PositionP, gains), Is.EqualTo(BusStatus.Ok));
        Assert.That(delays, Is.All.Zero);
        Assert.That(gains, Is.All.EqualTo(16));
        Assert.That(connected.Servos.Select(servo => servo.ModelNumber), Is.All.EqualTo(777));
    }

    [Test]
    public void A_cycle_takes_at_least_its_time_on_the_wire()
    {
        using VirtualBusServer server = Start(VirtualBusPort.Tcp, Baud);
        using ConnectedBus connected = Connect(server);
        ServoGroup group = connected.Group();
        for (int cycle = 0; cycle < 20; cycle++)
        {
            Assert.That(group.ReadAll(), Is.EqualTo(BusStatus.Ok));

            // 14 bytes out and six answers of 21 bytes, 10 µs each, and no return delay.
            long took = group.ReplyNanoseconds - group.ReadStartNanoseconds;
            Assert.That(took, Is.GreaterThan(1_400_000 - ToleranceNanoseconds));
        }
    }

    [Test]
    public void A_servo_driven_to_a_goal_arrives_there()
    {
        using VirtualBusServer server = Start(VirtualBusPort.Tcp, Baud);
        using ConnectedBus connected = Connect(server);
        ServoGroup group = connected.Group();
        group.ReadAll();
        int[] goals = [.. group.Samples.Select(sample => sample.PositionTicks)];
        goals[2] += 200;
        Assert.That(group.WriteGoals(goals), Is.EqualTo(BusStatus.Ok));
        Assert.That(group.WriteTorque([.. Ids.Select(_ => true)]), Is.EqualTo(BusStatus.Ok));
        long giveUp = MonotonicClock.NowNanoseconds + 10_000_000_000;
        while (Math.Abs(group.Samples[2].PositionTicks - goals[2]) > 20
            && MonotonicClock.NowNanoseconds < giveUp)
        {
            Assert.That(group.ReadAll(), Is.EqualTo(BusStatus.Ok));
        }

        Assert.That(group.Samples[2].PositionTicks, Is.EqualTo(goals[2]).Within(20));
    }

    [Test]
    [Platform("Linux")]
    public void Servos_at_another_baud_rate_are_found_out()
    {
        using VirtualBusServer server = Start(VirtualBusPort.PseudoTerminal, 500_000);

        DeviceException error = Assert.Throws<DeviceException>(
            () => Connector(server.PortName).Connect());
        Assert.That(error.Remedy, Does.Contain("baud: 500000"));
    }

    // Patient afterwards: a busy machine may hold the server's thread up for longer than was
    // measured.
    private static ConnectedBus Connect(VirtualBusServer server)
    {
        ConnectedBus connected = Connector(server.PortName).Connect();
        FeetechBus bus = connected.Bus;
        bus.Timing = bus.Timing with { AdapterLatencyNanoseconds = 1_000_000_000 };
        return connected;
    }

    private static ServoBusConnector Connector(string port) => new(
        new BusDescription("arm", port, Baud, "feetech-sts"),
        [.. Ids.Select(id => new ExpectedServo(id, Sts3215.Table, $"joint{id}", Gains))]);

    private static VirtualBusServer Start(VirtualBusPort kind, int baud)
    {
        if (kind == VirtualBusPort.PseudoTerminal && !OperatingSystem.IsLinux())
        {
            Requirement.Unmet("pty", "pseudo-terminals need Linux");
        }

        var registers = new Dictionary<string, int>
        {
            ["return_delay"] = 250,
            ["baud_rate"] = FeetechUnits.CodeOfBaud(baud),
        };
        VirtualArmOptions options = VirtualArmTests.Arm(1).Arm.Options;
        var arm = new VirtualArm(
            options with
            {
                Servos = [.. options.Servos.Select(servo => servo with { Registers = registers })],
            },
            new PendulumLoad([.. Enumerable.Repeat(PendulumParameters.Wheel, Ids.Length)]));
        return VirtualBusServer.Start(new VirtualBusOptions { Port = kind }, arm);
    }
}
