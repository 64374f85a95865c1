using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;

namespace HilRig.Devices.Tests.Buses.RealTime;

/// <summary>One cycle of several servos.</summary>
public sealed class ServoGroupTests
{
    private static readonly byte[] Ids = [3, 1, 2];

    private FakeLine _line = null!;
    private FeetechBus _bus = null!;

    [SetUp]
    public void OpenBus()
    {
        _line = new FakeLine(new FakeServo(3), new FakeServo(1), new FakeServo(2));
        _bus = new FeetechBus(
            _line, new BusTiming { Baud = 1_000_000, AdapterLatencyNanoseconds = 0 });
    }

    [TearDown]
    public void CloseBus()
    {
        _bus.Dispose();
        _line.Dispose();
    }

    [Test]
    public void Goals_go_to_their_servos_in_one_packet_of_26_bytes_for_six()
    {
        var group = new ServoGroup(_bus, Ids);

        Assert.That(group.WriteGoals([100, -200, 300]), Is.EqualTo(BusStatus.Ok));
        Assert.That(_line.Servos.Select(servo => servo.Get(Sts3215.GoalPosition)),
            Is.EqualTo(new[] { 100, -200, 300 }));
        Assert.That(_line.Received, Has.Count.EqualTo(1));
        Assert.That(_line.Received[0], Has.Length.EqualTo(8 + (3 * 3)));
        Assert.That(
            group.WriteEndNanoseconds, Is.GreaterThanOrEqualTo(group.WriteStartNanoseconds));
    }

    [Test]
    public void Goals_with_velocities_leave_the_time_at_zero()
    {
        var group = new ServoGroup(_bus, Ids);

        Assert.That(group.WriteGoals([1, 2, 3], [10, 20, 30]), Is.EqualTo(BusStatus.Ok));
        Assert.That(_line.Servos.Select(servo => servo.Get(Sts3215.GoalVelocity)),
            Is.EqualTo(new[] { 10, 20, 30 }));
        Assert.That(_line.Servos.Select(servo => servo.Get(Sts3215.GoalTime)), Is.All.Zero);
    }

    [Test]
    public void One_impossible_goal_keeps_the_whole_packet_back()
    {
        var group = new ServoGroup(_bus, Ids);

        Assert.That(group.WriteGoals([1, 99_999, 3]), Is.EqualTo(BusStatus.Refused));
        Assert.That(group.WriteGoals([1, 2, 3], [0, 99_999, 0]), Is.EqualTo(BusStatus.Refused));
        Assert.That(_line.Received, Is.Empty);
    }

    [Test]
    public void Torque_is_switched_for_each_servo()
    {
        var group = new ServoGroup(_bus, Ids);
        int[] found = [-1, -1, -1];

        Assert.That(group.WriteTorque([true, false, true]), Is.EqualTo(BusStatus.Ok));
        Assert.That(group.ReadEach(Sts3215.TorqueEnable, found), Is.EqualTo(BusStatus.Ok));
        Assert.That(found, Is.EqualTo(new[] { 1, 0, 1 }));
    }

    [Test]
    public void Everything_is_read_in_counts()
    {
        FakeServo servo = _line.Servos[1];
        servo.Set(Sts3215.PresentPosition, -123);
        servo.Set(Sts3215.PresentVelocity, -456);
        servo.Set(Sts3215.PresentLoad, -789);
        servo.Set(Sts3215.PresentVoltage, 74);
        servo.Set(Sts3215.PresentTemperature, 31);
        servo.Set(Sts3215.Status, (int)ServoErrors.Temperature);
        servo.Set(Sts3215.Moving, 1);
        servo.Set(Sts3215.PresentCurrent, 99);
        var group = new ServoGroup(_bus, Ids);

        Assert.That(group.ReadAll(), Is.EqualTo(BusStatus.Ok));
        Assert.That(group.Samples[1], Is.EqualTo(new ServoSample
        {
            PositionTicks = -123,
            VelocityTicksPerSecond = -456,
            RawLoad = -789,
            RawVoltage = 74,
            TemperatureCelsius = 31,
            Errors = ServoErrors.Temperature,
            IsMoving = true,
            RawCurrent = 99,
        }));
        Assert.That(group.ReplyNanoseconds, Is.GreaterThanOrEqualTo(group.ReadStartNanoseconds));
    }

    [Test]
    public void Position_and_velocity_alone_take_ten_bytes_a_servo()
    {
        _line.Servos[2].Set(Sts3215.PresentPosition, 4000);
        _line.Servos[2].Set(Sts3215.PresentVelocity, -7);
        var group = new ServoGroup(_bus, Ids, ReadBlock.PositionAndVelocity);

        Assert.That(group.ReadAll(), Is.EqualTo(BusStatus.Ok));
        Assert.That(_line.Received[0][5..7], Is.EqualTo(new byte[] { 56, 4 }));
        Assert.That(group.Samples[2].PositionTicks, Is.EqualTo(4000));
        Assert.That(group.Samples[2].VelocityTicksPerSecond, Is.EqualTo(-7));
    }

    [Test]
    public void A_servo_that_drops_out_is_named_and_keeps_its_old_sample()
    {
        _line.Servos[0].Set(Sts3215.PresentPosition, 50);
        var group = new ServoGroup(_bus, Ids);
        group.ReadAll();
        _line.Servos.RemoveAt(0);

        Assert.That(group.ReadAll(), Is.EqualTo(BusStatus.Timeout));
        Assert.That(group.Replies[0].Status, Is.EqualTo(BusStatus.Timeout));
        Assert.That(group.Replies[0].HasValues, Is.False);
        Assert.That(group.Samples[0].PositionTicks, Is.EqualTo(50));
        Assert.That(group.Replies[1].Status, Is.EqualTo(BusStatus.Ok));
        Assert.That(group.Replies[2].Status, Is.EqualTo(BusStatus.Ok));
    }

    [Test]
    public void A_servo_that_reports_an_error_still_gives_its_position()
    {
        _line.Servos[2].Errors = (byte)ServoErrors.Overload;
        _line.Servos[2].Set(Sts3215.PresentPosition, 77);
        var group = new ServoGroup(_bus, Ids);

        Assert.That(group.ReadAll(), Is.EqualTo(BusStatus.DeviceError));
        Assert.That(group.Replies[2].Errors, Is.EqualTo(ServoErrors.Overload));
        Assert.That(group.Samples[2].PositionTicks, Is.EqualTo(77));
    }

    [Test]
    public void A_register_below_40_cannot_be_written_to_a_group()
    {
        var group = new ServoGroup(_bus, Ids);

        Assert.That(group.WriteAll(Sts3215.PositionP, 16), Is.EqualTo(BusStatus.Refused));
        Assert.That(group.WriteAll(Sts3215.TorqueLimit, 300), Is.EqualTo(BusStatus.Ok));
        Assert.That(
            _line.Servos.Select(servo => servo.Get(Sts3215.TorqueLimit)), Is.All.EqualTo(300));
    }

    [Test]
    public void An_id_listed_twice_is_refused() =>
        Assert.That(() => new ServoGroup(_bus, [1, 2, 1]), Throws.ArgumentException);
}
