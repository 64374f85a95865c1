using HilRig.Core.RealTime;
using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Registers;
using HilRig.Devices.Transports.Posix;

namespace HilRig.Devices.Tests.Buses;

/// <summary>The whole driver over a real pseudo-terminal.</summary>
[Platform("Linux")]
public sealed class PseudoTerminalBusTests
{
    private const int Baud = 1_000_000;
    private static readonly byte[] Ids = [1, 2, 3, 4, 5, 6];

    [Test]
    [CancelAfter(20_000)]
    public void A_cycle_of_six_servos_allocates_nothing_and_hears_each_of_them()
    {
        using var servos = new PseudoTerminalServos(Baud, _ => int.MaxValue, SixServos());
        using FeetechBus bus = OpenBus(servos);
        bus.Timing = bus.Timing with { AdapterLatencyNanoseconds = 2_000_000_000 };
        var group = new ServoGroup(bus, Ids);
        int[] goals = [10, 20, 30, 40, 50, 60];
        int good = RunCycles(group, goals, 50);
        long before = GC.GetAllocatedBytesForCurrentThread();
        good += RunCycles(group, goals, 500);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(good, Is.EqualTo(550));
        Assert.That(allocated, Is.Zero);
        Assert.That(
            group.Samples.Select(sample => sample.PositionTicks),
            Is.EqualTo(new[] { 100, 200, 300, 400, 500, 600 }));
    }

    [TestCase(0, TestName = "Pulled_out_before_the_first_answer_byte")]
    [TestCase(1, TestName = "Pulled_out_after_one_header_byte")]
    [TestCase(4, TestName = "Pulled_out_after_the_length")]
    [TestCase(20, TestName = "Pulled_out_before_a_checksum")]
    [TestCase(21, TestName = "Pulled_out_between_two_answers")]
    [TestCase(125, TestName = "Pulled_out_before_the_last_byte")]
    [CancelAfter(20_000)]
    public void Pulling_the_port_out_is_noticed_as_lost(int answerBytes)
    {
        using var servos = new PseudoTerminalServos(Baud, _ => answerBytes, SixServos());
        using FeetechBus bus = OpenBus(servos);

        // So patient that only the hang-up itself can end the wait.
        bus.Timing = bus.Timing with { AdapterLatencyNanoseconds = 10_000_000_000 };
        var group = new ServoGroup(bus, Ids);
        BusStatus status = group.ReadAll();

        Assert.That(status, Is.EqualTo(BusStatus.Lost));
        Assert.That(bus.IsOpen, Is.False);
        Assert.That(bus.Counters.TimeoutCount, Is.Zero);
        Assert.That(group.WriteGoals([0, 0, 0, 0, 0, 0]), Is.EqualTo(BusStatus.Lost));
    }

    [Test]
    [CancelAfter(20_000)]
    public void A_second_owner_gets_in_once_the_first_is_gone()
    {
        using var servos = new PseudoTerminalServos(Baud, _ => int.MaxValue, SixServos());
        ServoBusConnector connector = Connector(servos, Baud);
        using (ConnectedBus first = connector.Connect())
        {
            Assert.That(() => connector.Connect(), Throws.TypeOf<DeviceException>()
                .With.Property("What").EqualTo("the serial port is in use"));
        }

        using ConnectedBus second = connector.Reconnect(TimeSpan.FromSeconds(5));
        Assert.That(second.Group().ReadAll(), Is.EqualTo(BusStatus.Ok));
    }

    [Test]
    [CancelAfter(30_000)]
    public void A_wrong_baud_rate_is_found_out_on_a_real_terminal()
    {
        using var servos = new PseudoTerminalServos(250_000, _ => int.MaxValue, SixServos());

        DeviceException error = Assert.Throws<DeviceException>(
            () => Connector(servos, Baud).Connect());
        Assert.That(error.Remedy, Does.Contain("baud: 250000"));
    }

    [Test]
    [CancelAfter(30_000)]
    public void A_servo_missing_among_six_is_named()
    {
        FakeServo[] five = [.. SixServos().Where(servo => servo.Id != 4)];
        using var servos = new PseudoTerminalServos(Baud, _ => int.MaxValue, five);

        DeviceException error = Assert.Throws<DeviceException>(
            () => Connector(servos, Baud).Connect());
        Assert.That(error.What, Is.EqualTo("servo 4 sts3215 (joint4) does not answer"));
    }

    private static FakeServo[] SixServos() =>
    [
        .. Ids.Select(id =>
        {
            var servo = new FakeServo(id);
            servo.Set(Sts3215.PresentPosition, id * 100);
            return servo;
        }),
    ];

    private static FeetechBus OpenBus(PseudoTerminalServos servos) => new(
        PosixSerialTransport.Open(servos.Port, Baud), new BusTiming { Baud = Baud });

    private static ServoBusConnector Connector(PseudoTerminalServos servos, int baud) => new(
        new BusDescription("arm", servos.Port, baud, "feetech-sts"),
        [.. Ids.Select(id => new ExpectedServo(
            id, Sts3215.Table, $"joint{id}", new Dictionary<string, int>()))]);

    private static int RunCycles(ServoGroup group, int[] goals, int count)
    {
        int good = 0;
        for (int cycle = 0; cycle < count; cycle++)
        {
            long budgetEnd = MonotonicClock.NowNanoseconds + 1_000_000_000;
            bool isWritten = group.WriteGoals(goals) == BusStatus.Ok;
            good += isWritten && group.ReadAll(budgetEnd) == BusStatus.Ok ? 1 : 0;
        }

        return good;
    }
}
