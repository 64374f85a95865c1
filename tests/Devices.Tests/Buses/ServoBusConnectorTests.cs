using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Devices.Buses;
using HilRig.Devices.Registers;

namespace HilRig.Devices.Tests.Buses;

/// <summary>Connecting, what it configures, and what it says when it cannot.</summary>
public sealed class ServoBusConnectorTests
{
    private static readonly Dictionary<string, int> Gains = new()
    {
        ["position_p"] = 16,
        ["position_d"] = 30,
        ["acceleration"] = 254,
    };

    private readonly List<FakeLine> _lines = [];
    private readonly InstantTime _time = new();
    private FakeServo[] _servos = null!;
    private int _baudOfServos;
    private Action<FakeLine> _onOpen = _ => { };

    [SetUp]
    public void SwitchOn()
    {
        _servos = [new FakeServo(1), new FakeServo(2)];
        _servos[0].Set(Sts3215.ReturnDelay, 250);
        _baudOfServos = 1_000_000;
        _onOpen = _ => { };
        _lines.Clear();
        _time.Waits.Clear();
    }

    [TearDown]
    public void SwitchOff() => _lines.ForEach(line => line.Dispose());

    [Test]
    public void Connecting_identifies_every_servo_and_clears_its_return_delay()
    {
        using ConnectedBus connected = Connector().Connect();

        Assert.That(connected.Servos, Is.EqualTo(new[]
        {
            new ServoIdentity(1, 777, 3, 6), new ServoIdentity(2, 777, 3, 6),
        }));
        Assert.That(_servos.Select(servo => servo.Get(Sts3215.ReturnDelay)), Is.All.Zero);
        Assert.That(connected.Group().Ids.ToArray(), Is.EqualTo(new byte[] { 1, 2 }));
    }

    [Test]
    public void Rig_file_registers_are_written_until_power_off_only()
    {
        using ConnectedBus connected = Connector().Connect();

        Assert.Multiple(() =>
        {
            Assert.That(_servos[0].Get(Sts3215.PositionP), Is.EqualTo(16));
            Assert.That(_servos[1].Get(Sts3215.PositionD), Is.EqualTo(30));
            Assert.That(_servos[1].Get(Sts3215.Acceleration), Is.EqualTo(254));
            Assert.That(_servos[0].Get(Sts3215.Lock), Is.EqualTo(1));
            Assert.That(
                _servos[0].PowerUpEeprom[21], Is.EqualTo(32), "the EEPROM keeps the owner's gain");
        });
        Assert.That(connected.Bus.Write(1, Sts3215.PositionP, 20), Is.EqualTo(BusStatus.Refused));
    }

    [Test]
    public void Torque_and_goals_are_left_alone()
    {
        _servos[0].Set(Sts3215.TorqueEnable, 1);
        _servos[0].Set(Sts3215.GoalPosition, 1234);
        using ConnectedBus connected = Connector().Connect();

        Assert.That(_servos[0].Get(Sts3215.TorqueEnable), Is.EqualTo(1));
        Assert.That(_servos[0].Get(Sts3215.GoalPosition), Is.EqualTo(1234));
    }

    [Test]
    public void Deadlines_use_the_measured_latency_afterwards()
    {
        using ConnectedBus connected = Connector().Connect();

        Assert.That(connected.Bus.Timing.ReturnDelayNanoseconds, Is.Zero);
        Assert.That(
            connected.Bus.Timing.AdapterLatencyNanoseconds,
            Is.InRange(2_000_000, BusTiming.UnmeasuredLatencyNanoseconds));
    }

    [Test]
    public void A_register_that_does_not_keep_its_value_is_named()
    {
        _servos[1].FrozenAddresses.Add(Sts3215.PositionP.Address);

        DeviceException error = Assert.Throws<DeviceException>(() => Connector().Connect());
        Assert.That(error.What, Does.Contain("position_p"));
        Assert.That(error.Where, Does.Contain("servo 2 sts3215 (elbow)"));
        Assert.That(error.Expected, Is.EqualTo("16"));
        Assert.That(error.Found, Is.EqualTo("32"));
        Assert.That(_lines.All(line => !line.IsOpen), Is.True, "the port is closed");
    }

    [Test]
    public void A_return_delay_that_cannot_be_cleared_is_named()
    {
        _servos[0].FrozenAddresses.Add(Sts3215.ReturnDelay.Address);

        Assert.That(
            () => Connector().Connect(),
            Throws.TypeOf<DeviceException>().With.Property("What").Contains("return_delay"));
    }

    [TestCase("torque_enable")]
    [TestCase("goal_position")]
    [TestCase("id")]
    [TestCase("lock")]
    [TestCase("present_position")]
    [TestCase("no_such_register")]
    public void A_register_that_has_no_place_in_a_rig_file_is_refused(string name)
    {
        var connector = Connector(new Dictionary<string, int> { [name] = 1 });

        DeviceException error = Assert.Throws<DeviceException>(() => connector.Connect());
        Assert.That(error.Found, Is.EqualTo(name));
        Assert.That(error.Expected, Does.Contain("position_p").And.Not.Contain("torque_enable"));
    }

    [Test]
    public void Coarse_velocity_units_are_refused_with_the_value_that_mends_them()
    {
        _servos[0].Set(Sts3215.Phase, 8);

        DeviceException error = Assert.Throws<DeviceException>(() => Connector().Connect());
        Assert.That(error.Remedy, Does.Contain("phase: 12"));
        using ConnectedBus mended =
            Connector(new Dictionary<string, int> { ["phase"] = 12 }).Connect();
        Assert.That(mended.Bus.IsOpen, Is.True);
    }

    [Test]
    public void A_missing_servo_is_named_beside_those_that_answer()
    {
        _servos[1] = new FakeServo(7, Sts3250.Table);

        DeviceException error = Assert.Throws<DeviceException>(() => Connector().Connect());
        Assert.Multiple(() =>
        {
            Assert.That(error.What, Is.EqualTo("servo 2 sts3215 (elbow) does not answer"));
            Assert.That(error.Expected, Is.EqualTo("1 sts3215 (shoulder), 2 sts3215 (elbow)"));
            Assert.That(
                error.Found, Is.EqualTo("1 sts3215 (firmware 3.6), 7 sts3250 (firmware 3.6)"));
            Assert.That(error.Remedy, Does.Contain("cable"));
        });
        Assert.That(_time.Waits, Has.Count.EqualTo(2), "two more tries before giving up");
    }

    [Test]
    public void A_servo_of_another_model_is_named()
    {
        _servos[1] = new FakeServo(2, Sts3250.Table);

        DeviceException error = Assert.Throws<DeviceException>(() => Connector().Connect());
        Assert.That(error.What, Is.EqualTo("servo 2 (elbow) is of another model"));
        Assert.That(error.Found, Does.Contain("2 sts3250"));
    }

    [TestCase(500_000)]
    [TestCase(115_200)]
    public void A_wrong_baud_rate_is_found_out(int baud)
    {
        _baudOfServos = baud;

        DeviceException error = Assert.Throws<DeviceException>(() => Connector().Connect());
        Assert.That(error.What, Is.EqualTo($"the servos talk at {baud} baud, not at 1000000"));
        Assert.That(error.Remedy, Does.Contain($"baud: {baud}"));
        Assert.That(_lines.All(line => !line.IsOpen), Is.True, "every port is closed");
    }

    [Test]
    public void Silence_at_every_baud_rate_points_at_the_supply()
    {
        _baudOfServos = 9_600;

        DeviceException error = Assert.Throws<DeviceException>(() => Connector().Connect());
        Assert.That(error.What, Is.EqualTo("no servo answers at any baud rate"));
        Assert.That(error.Remedy, Does.Contain("supply"));
        Assert.That(
            _lines.Select(line => line.Baud).Distinct(), Is.EquivalentTo(FeetechUnits.BaudRates));
    }

    [Test]
    public void A_servo_that_wakes_up_late_is_waited_for()
    {
        FakeServo late = _servos[1];
        _servos = [_servos[0]];
        int pings = 0;
        _onOpen = line => line.OnReceived = () =>
        {
            pings++;
            if (pings == 8)
            {
                line.Servos.Add(late);
            }
        };

        using ConnectedBus connected = Connector().Connect();
        Assert.That(connected.Servos, Has.Count.EqualTo(2));
    }

    [Test]
    public void Reconnecting_tries_until_the_port_is_back_and_configures_anew()
    {
        int tries = 0;
        _onOpen = _ =>
        {
            tries++;
            if (tries < 4)
            {
                throw new DeviceException("the serial port does not exist");
            }
        };

        using ConnectedBus connected = Connector().Reconnect(TimeSpan.FromSeconds(5));
        Assert.That(tries, Is.EqualTo(4));
        Assert.That(_servos[0].Get(Sts3215.PositionP), Is.EqualTo(16));
    }

    [Test]
    public void Reconnecting_ends_with_the_last_error_when_patience_is_over()
    {
        _onOpen = _ => throw new DeviceException("the serial port does not exist");

        DeviceException error = Assert.Throws<DeviceException>(
            () => Connector().Reconnect(TimeSpan.FromSeconds(1)));
        Assert.That(error.What, Is.EqualTo("the serial port does not exist"));
        Assert.That(_time.Waits.Sum(wait => wait.TotalSeconds), Is.InRange(1, 2));
        Assert.That(_time.Waits.Max(), Is.LessThanOrEqualTo(TimeSpan.FromMilliseconds(250)));
    }

    [Test]
    public void An_absent_port_is_reported_at_once()
    {
        _onOpen = _ => throw new DeviceException("the serial port does not exist");

        Assert.That(() => Connector().Connect(), Throws.TypeOf<DeviceException>());
        Assert.That(_time.Waits, Is.Empty);
    }

    private ServoBusConnector Connector(Dictionary<string, int>? registers = null) => new(
        new BusDescription("arm", "/dev/ttyFake", 1_000_000, "feetech-sts"),
        [
            new ExpectedServo(1, Sts3215.Table, "shoulder", registers ?? Gains),
            new ExpectedServo(2, Sts3215.Table, "elbow", registers ?? Gains),
        ],
        Open,
        _time);

    private FakeLine Open(string port, int baud)
    {
        var line = new FakeLine(_servos) { Baud = baud, AnswersOnlyAtBaud = _baudOfServos };
        _onOpen(line);
        _lines.Add(line);
        return line;
    }
}
