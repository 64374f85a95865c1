using HilRig.Core.Errors;
using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;

namespace HilRig.Devices.Tests.Buses.RealTime;

/// <summary>Writes that could damage an arm, and how a caller asks for them.</summary>
public sealed class WriteGuardTests
{
    private FakeLine _line = null!;
    private FeetechBus _bus = null!;

    [SetUp]
    public void OpenBus()
    {
        _line = new FakeLine(new FakeServo(1), new FakeServo(2));
        _bus = new FeetechBus(
            _line, new BusTiming { Baud = 1_000_000, AdapterLatencyNanoseconds = 0 });
    }

    [TearDown]
    public void CloseBus()
    {
        _bus.Dispose();
        _line.Dispose();
    }

    [TestCase(1)]
    [TestCase(FeetechPacket.BroadcastId)]
    public void Torque_enable_128_is_never_sent(byte id)
    {
        using ConfigurationScope scope = _bus.Configure(1, ConfigurationLifetime.Permanent);
        _line.Received.Clear();
        BusStatus[] statuses =
        [
            _bus.Write(id, Sts3215.TorqueEnable, 128),
            _bus.Write(id, 40, [128]),
            _bus.Write(id, 40, [128, 0, 0, 8]),
            _bus.RegWrite(id, 40, [128]),
            _bus.SyncWrite(40, [1, 2], [1, 128]),
            _bus.SyncWrite(40, [1, 2], [1, 0, 128, 0]),
        ];

        Assert.That(statuses, Is.All.EqualTo(BusStatus.Refused));
        Assert.That(_line.Received, Is.Empty);
        Assert.That(_bus.Counters.RefusedCount, Is.EqualTo(statuses.Length));
    }

    [Test]
    public void A_write_that_reaches_torque_enable_from_below_is_seen_too()
    {
        using ConfigurationScope scope = _bus.Configure(1, ConfigurationLifetime.Permanent);

        Assert.That(_bus.Write(1, 39, [10, 128]), Is.EqualTo(BusStatus.Refused));
        Assert.That(_bus.Write(1, 39, [10, 1]), Is.EqualTo(BusStatus.Ok));
    }

    [TestCase("id", 7)]
    [TestCase("baud_rate", 1)]
    [TestCase("position_p", 16)]
    [TestCase("homing_offset", 100)]
    public void Eeprom_is_refused_outside_a_scope(string name, int value)
    {
        Sts3215.Table.TryFind(name, out Register? register);

        Assert.That(_bus.Write(1, register!, value), Is.EqualTo(BusStatus.Refused));
        Assert.That(_line.Received, Is.Empty);
    }

    [Test]
    public void Lock_0_is_refused_outside_a_scope_and_lock_1_is_not()
    {
        Assert.That(_bus.Write(1, Sts3215.Lock, 0), Is.EqualTo(BusStatus.Refused));
        Assert.That(_bus.SyncWrite(55, [1, 2], [1, 0]), Is.EqualTo(BusStatus.Refused));
        Assert.That(_bus.Write(1, Sts3215.Lock, 1), Is.EqualTo(BusStatus.Ok));
    }

    [Test]
    public void A_scope_until_power_off_changes_the_gain_but_not_the_eeprom()
    {
        using (_bus.Configure(1, ConfigurationLifetime.UntilPowerOff))
        {
            Assert.That(_bus.Write(1, Sts3215.PositionP, 16), Is.EqualTo(BusStatus.Ok));
        }

        Assert.That(_line.Servos[0].Get(Sts3215.PositionP), Is.EqualTo(16));
        Assert.That(_line.Servos[0].PowerUpEeprom[21], Is.EqualTo(32));
    }

    [Test]
    public void A_permanent_scope_changes_the_eeprom_and_locks_it_again()
    {
        using (_bus.Configure(1, ConfigurationLifetime.Permanent))
        {
            Assert.That(_line.Servos[0].Get(Sts3215.Lock), Is.Zero);
            Assert.That(_bus.Write(1, Sts3215.PositionP, 16), Is.EqualTo(BusStatus.Ok));
        }

        Assert.That(_line.Servos[0].PowerUpEeprom[21], Is.EqualTo(16));
        Assert.That(_line.Servos[0].Get(Sts3215.Lock), Is.EqualTo(1));
    }

    [Test]
    public void A_scope_is_for_one_servo_and_ends_when_disposed()
    {
        using (_bus.Configure(1, ConfigurationLifetime.UntilPowerOff))
        {
            Assert.That(_bus.Write(2, Sts3215.PositionP, 16), Is.EqualTo(BusStatus.Refused));
            Assert.That(
                _bus.Write(FeetechPacket.BroadcastId, Sts3215.PositionP, 16),
                Is.EqualTo(BusStatus.Refused));
        }

        Assert.That(_bus.Write(1, Sts3215.PositionP, 16), Is.EqualTo(BusStatus.Refused));
    }

    [Test]
    public void Id_and_baud_need_a_permanent_scope()
    {
        using (_bus.Configure(1, ConfigurationLifetime.UntilPowerOff))
        {
            Assert.That(_bus.Write(1, Sts3215.Id, 7), Is.EqualTo(BusStatus.Refused));
            Assert.That(_bus.Write(1, Sts3215.BaudRate, 1), Is.EqualTo(BusStatus.Refused));
        }

        using (_bus.Configure(2, ConfigurationLifetime.Permanent))
        {
            Assert.That(_bus.Write(2, Sts3215.BaudRate, 1), Is.EqualTo(BusStatus.Ok));
        }
    }

    [Test]
    public void The_lock_is_tried_again_when_its_acknowledgement_is_lost()
    {
        ConfigurationScope scope = _bus.Configure(1, ConfigurationLifetime.Permanent);
        _line.Faults.Enqueue(FakeLine.Lose);

        Assert.That(scope.Close(), Is.EqualTo(BusStatus.Ok));
        Assert.That(_line.Received, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_servo_that_does_not_confirm_its_lock_cannot_be_configured() => Assert.That(
        () => _bus.Configure(9, ConfigurationLifetime.UntilPowerOff),
        Throws.TypeOf<DeviceException>().With.Message.Contains("servo 9"));

    [Test]
    public void A_value_that_does_not_fit_and_a_read_only_register_are_refused()
    {
        Assert.That(_bus.Write(1, Sts3215.GoalPosition, 40_000), Is.EqualTo(BusStatus.Refused));
        Assert.That(_bus.Write(1, Sts3215.PresentPosition, 0), Is.EqualTo(BusStatus.Refused));
        Assert.That(_bus.Write(1, Sts3215.TorqueLimit, -1), Is.EqualTo(BusStatus.Refused));
    }
}
