using CsCheck;
using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Tests.Protocols.Feetech;

namespace HilRig.Devices.Tests.Buses.RealTime;

/// <summary>Transactions, retries, deadlines and damage.</summary>
public sealed class FeetechBusTests
{
    private static readonly byte[] Ids = [1, 2, 3];

    private readonly byte[] _values = new byte[6];
    private readonly ServoReply[] _replies = new ServoReply[3];
    private FakeLine _line = null!;
    private FeetechBus _bus = null!;

    [SetUp]
    public void OpenBus()
    {
        _line = new FakeLine(new FakeServo(1), new FakeServo(2), new FakeServo(3));
        _bus = new FeetechBus(
            _line, new BusTiming { Baud = 1_000_000, AdapterLatencyNanoseconds = 500_000 });
        Array.Fill(_values, (byte)0xA5);
    }

    [TearDown]
    public void CloseBus()
    {
        _bus.Dispose();
        _line.Dispose();
    }

    [Test]
    public void A_ping_finds_a_servo_and_tells_its_errors()
    {
        _line.Servos[1].Errors = (byte)(ServoErrors.Voltage | ServoErrors.Overload);

        Assert.That(_bus.Ping(1, out ServoErrors none), Is.EqualTo(BusStatus.Ok));
        Assert.That(none, Is.EqualTo(ServoErrors.None));
        Assert.That(_bus.Ping(2, out ServoErrors errors), Is.EqualTo(BusStatus.DeviceError));
        Assert.That(errors, Is.EqualTo(ServoErrors.Voltage | ServoErrors.Overload));
    }

    [Test]
    public void A_ping_of_an_absent_servo_is_tried_three_times_and_times_out()
    {
        Assert.That(_bus.Ping(9, out _), Is.EqualTo(BusStatus.Timeout));
        Assert.That(_line.Received, Has.Count.EqualTo(3));
        Assert.That(_bus.Counters.TimeoutCount, Is.EqualTo(3));
        Assert.That(_bus.Counters.RetryCount, Is.EqualTo(2));
        Assert.That(_bus.Counters.RecoveredCount, Is.Zero);
    }

    [TestCase("goal_position", 2048)]
    [TestCase("goal_position", -5)]
    [TestCase("goal_velocity", -1000)]
    [TestCase("torque_limit", 1000)]
    [TestCase("acceleration", 254)]
    public void A_written_register_reads_back(string name, int value)
    {
        Sts3215.Table.TryFind(name, out Register? register);

        Assert.That(_bus.Write(2, register!, value), Is.EqualTo(BusStatus.Ok));
        Assert.That(_bus.Read(2, register!, out int found), Is.EqualTo(BusStatus.Ok));
        Assert.That(found, Is.EqualTo(value));
        Assert.That(_line.Servos[0].Get(register!), Is.EqualTo(register!.Default), "only servo 2");
    }

    [Test]
    public void A_prepared_write_waits_for_the_action()
    {
        Assert.That(
            _bus.RegWrite(1, Sts3215.GoalPosition.Address, [0x00, 0x08]), Is.EqualTo(BusStatus.Ok));
        Assert.That(_line.Servos[0].Get(Sts3215.GoalPosition), Is.Zero);
        Assert.That(_bus.Action(), Is.EqualTo(BusStatus.Ok));
        Assert.That(_line.Servos[0].Get(Sts3215.GoalPosition), Is.EqualTo(2048));
    }

    [Test]
    public void A_sync_read_gives_each_servo_its_bytes()
    {
        SetPositions(100, 200, 300);

        Assert.That(SyncReadPositions(), Is.EqualTo(BusStatus.Ok));
        Assert.That(Positions(), Is.EqualTo(new[] { 100, 200, 300 }));
        Assert.That(_line.Received, Has.Count.EqualTo(1));
        Assert.That(
            _replies.All(reply => reply.ReplyNanoseconds >= _bus.WriteEndNanoseconds), Is.True);
    }

    [Test]
    public void Answers_that_trickle_in_byte_by_byte_are_put_together()
    {
        SetPositions(100, 200, 300);
        _line.ReadChunkBytes = 1;

        Assert.That(SyncReadPositions(), Is.EqualTo(BusStatus.Ok));
        Assert.That(Positions(), Is.EqualTo(new[] { 100, 200, 300 }));
    }

    [Test]
    public void Only_the_servo_whose_answer_was_lost_is_asked_again()
    {
        SetPositions(100, 200, 300);
        _line.Faults.Enqueue(answer => answer);
        _line.Faults.Enqueue(FakeLine.Lose);

        Assert.That(SyncReadPositions(), Is.EqualTo(BusStatus.Ok));
        Assert.That(Positions(), Is.EqualTo(new[] { 100, 200, 300 }));
        Assert.That(_line.Received, Has.Count.EqualTo(2));
        Assert.That(
            _line.Received[1][7..^1], Is.EqualTo(new byte[] { 2 }), "ids of the second packet");
        Assert.That(_bus.Counters.RecoveredCount, Is.EqualTo(1));
    }

    [Test]
    public void A_damaged_answer_is_asked_for_again()
    {
        _line.Faults.Enqueue(FakeLine.Damage);

        Assert.That(_bus.Read(1, Sts3215.ModelNumber, out int model), Is.EqualTo(BusStatus.Ok));
        Assert.That(model, Is.EqualTo(777));
        Assert.That(_bus.Counters.CorruptCount, Is.EqualTo(1));
        Assert.That(_bus.Counters.RecoveredCount, Is.EqualTo(1));
    }

    [Test]
    public void Answers_damaged_three_times_are_corrupt_and_leave_the_buffer_alone()
    {
        SetPositions(100, 200, 300);
        for (int attempt = 0; attempt < 3; attempt++)
        {
            _line.Faults.Enqueue(attempt == 0 ? FakeLine.Damage : FakeLine.Cut);
            if (attempt == 0)
            {
                _line.Faults.Enqueue(answer => answer);
                _line.Faults.Enqueue(answer => answer);
            }
        }

        Assert.That(SyncReadPositions(), Is.EqualTo(BusStatus.Corrupt));
        Assert.That(_replies[0].Status, Is.EqualTo(BusStatus.Corrupt));
        Assert.That(_replies[0].HasValues, Is.False);
        Assert.That(_values[..2], Is.EqualTo(new byte[] { 0xA5, 0xA5 }));
        Assert.That(_replies[1].Status, Is.EqualTo(BusStatus.Ok));
    }

    [Test]
    public void Junk_before_an_answer_costs_no_retry()
    {
        _line.Faults.Enqueue(FakeLine.PrefixJunk);

        Assert.That(_bus.Read(1, Sts3215.ModelNumber, out int model), Is.EqualTo(BusStatus.Ok));
        Assert.That(model, Is.EqualTo(777));
        Assert.That(_bus.Counters.RetryCount, Is.Zero);
    }

    [Test]
    public void A_late_answer_is_not_taken_for_the_next_one()
    {
        _line.Inject(FeetechParserTests.Status(1, 0x11, 0x11));
        SetPositions(100, 200, 300);

        Assert.That(
            _bus.Read(1, Sts3215.PresentPosition, out int position), Is.EqualTo(BusStatus.Ok));
        Assert.That(position, Is.EqualTo(100));
    }

    [Test]
    public void The_first_values_after_a_silence_may_be_old_and_are_not_taken()
    {
        SetPositions(100, 200, 300);
        for (int answer = 0; answer < 3; answer++)
        {
            // Three attempts at servo 2 fail; the other two answer the first.
            _line.Faults.Enqueue(answer == 1 ? FakeLine.Lose : bytes => bytes);
        }

        _line.Faults.Enqueue(FakeLine.Lose);
        _line.Faults.Enqueue(FakeLine.Lose);
        Assert.That(SyncReadPositions(), Is.EqualTo(BusStatus.Timeout));
        int sent = _line.Received.Count;
        byte[] late = FeetechParserTests.Status(2, 0x11, 0x11);
        _line.Faults.Enqueue(bytes => bytes);
        _line.Faults.Enqueue(_ => late);

        Assert.That(SyncReadPositions(), Is.EqualTo(BusStatus.Ok), "asked once more");
        Assert.That(_line.Received, Has.Count.EqualTo(sent + 2));
        Assert.That(_bus.Counters.LateCount, Is.EqualTo(1));
        Assert.That(
            Sts3215.PresentPosition.Decode(_values.AsSpan(2)), Is.EqualTo(200), "not the late one");
    }

    [Test]
    public void One_late_answer_after_each_silence_never_counts()
    {
        for (int turn = 0; turn < 10; turn++)
        {
            _line.Faults.Enqueue(turn % 2 == 0 ? FakeLine.Lose : bytes => bytes);
            BusStatus status = _bus.Read(
                1, Sts3215.PresentPosition.Address, _values.AsSpan(0, 2), out _,
                budgetEndNanoseconds: 0);
            Assert.That(status, Is.EqualTo(BusStatus.Timeout));
        }

        Assert.That(_bus.Counters.LateCount, Is.EqualTo(5));
        Assert.That(_bus.Read(1, Sts3215.PresentPosition, out _), Is.EqualTo(BusStatus.Ok));
    }

    [Test]
    public void A_write_whose_acknowledgement_is_lost_is_not_sent_again()
    {
        _line.Faults.Enqueue(FakeLine.Lose);

        Assert.That(_bus.Write(1, Sts3215.GoalPosition, 1000), Is.EqualTo(BusStatus.Timeout));
        Assert.That(_line.Received, Has.Count.EqualTo(1));
    }

    [Test]
    public void Nothing_is_asked_again_when_the_budget_is_spent()
    {
        Assert.That(_bus.Ping(9, out _, budgetEndNanoseconds: 0), Is.EqualTo(BusStatus.Timeout));
        Assert.That(_line.Received, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_lost_port_says_so_and_is_not_tried_again()
    {
        _line.Unplug();

        Assert.That(SyncReadPositions(), Is.EqualTo(BusStatus.Lost));
        Assert.That(_replies.All(reply => reply.Status == BusStatus.Lost), Is.True);
        Assert.That(_bus.Write(1, Sts3215.GoalPosition, 0), Is.EqualTo(BusStatus.Lost));
        Assert.That(_bus.SyncWrite(42, Ids, _values), Is.EqualTo(BusStatus.Lost));
        Assert.That(_bus.IsOpen, Is.False);
    }

    [Test]
    public void The_deadline_is_wire_time_return_delays_and_latency()
    {
        _bus.Timing = new BusTiming
        {
            Baud = 1_000_000,
            ReturnDelayNanoseconds = 250_000,
            AdapterLatencyNanoseconds = 3_000_000,
        };
        SyncReadPositions();

        // 11 bytes out and 3 answers of 8 bytes at 10 µs a byte, 3 delays, the adapter.
        const long Expected = (11 + 24) * 10_000 + (3 * 250_000) + 3_000_000;
        Assert.That(
            _line.ReadDeadlineNanoseconds - _bus.WriteStartNanoseconds, Is.EqualTo(Expected));
    }

    [Test]
    public void A_read_behind_a_buffered_write_gets_the_wire_time_of_both()
    {
        _bus.Timing = new BusTiming { Baud = 10_000, AdapterLatencyNanoseconds = 1_000_000 };
        _bus.SyncWrite(42, Ids, _values);
        long started = _bus.WriteStartNanoseconds;
        _bus.Ping(1, out _);

        // 17 bytes of the sync write, 6 out and 6 in of the ping at 1 ms a byte.
        const long Expected = 29_000_000 + 1_000_000;
        long allowed = _line.ReadDeadlineNanoseconds - started;
        Assert.That(allowed, Is.EqualTo(Expected));
    }

    [Test]
    public void A_flipped_bit_anywhere_in_an_answer_costs_one_retry_and_no_wrong_position() =>
        Gen.Select(Gen.Int[0, 63], Gen.Int[0, 4095]).Sample((bit, position) =>
    {
        var line = new FakeLine(new FakeServo(1));
        line.Servos[0].Set(Sts3215.PresentPosition, position);
        line.Faults.Enqueue(answer =>
        {
            answer[bit / 8] ^= (byte)(1 << (bit % 8));
            return answer;
        });
        using var bus = new FeetechBus(line, new BusTiming { Baud = 1_000_000 });
        BusStatus status = bus.Read(1, Sts3215.PresentPosition, out int found);
        return status == BusStatus.Ok && found == position && bus.Counters.RetryCount == 1;
    });

    [Test]
    public void Whatever_befalls_the_answers_a_value_that_is_reported_is_right() => Gen.Select(
        Gen.Int[-32767, 32767].Array[3], Gen.Int[-3, 63].Array[0, 9]).Sample((positions, faults) =>
    {
        using var line = new FakeLine(new FakeServo(1), new FakeServo(2), new FakeServo(3));
        for (int index = 0; index < Ids.Length; index++)
        {
            line.Servos[index].Set(Sts3215.PresentPosition, positions[index]);
        }

        foreach (int fault in faults)
        {
            line.Faults.Enqueue(answer => Afflict(answer, fault));
        }

        using var bus = new FeetechBus(line, new BusTiming { Baud = 1_000_000 });
        byte[] values = new byte[6];
        var replies = new ServoReply[3];
        BusStatus status = bus.SyncRead(Sts3215.PresentPosition.Address, Ids, values, replies);
        bool isRight = status == BusStatus.Ok || faults.Length > 0;
        for (int index = 0; index < Ids.Length; index++)
        {
            int found = Sts3215.PresentPosition.Decode(values.AsSpan(2 * index));
            isRight &= !replies[index].HasValues || found == positions[index];
            isRight &= status != BusStatus.Ok || replies[index].HasValues;
        }

        return isRight;
    });

    // A bit to flip, or a negative number for something worse.
    private static byte[] Afflict(byte[] answer, int fault)
    {
        if (fault < 0)
        {
            return fault == -1 ? FakeLine.Lose(answer)
                : fault == -2 ? FakeLine.PrefixJunk(answer)
                : [.. answer, .. answer];
        }

        answer[fault / 8] ^= (byte)(1 << (fault % 8));
        return answer;
    }

    private void SetPositions(params int[] positions)
    {
        for (int index = 0; index < positions.Length; index++)
        {
            _line.Servos[index].Set(Sts3215.PresentPosition, positions[index]);
        }
    }

    private BusStatus SyncReadPositions() =>
        _bus.SyncRead(Sts3215.PresentPosition.Address, Ids, _values, _replies);

    private int[] Positions() =>
        [.. Enumerable.Range(0, 3).Select(
            index => Sts3215.PresentPosition.Decode(_values.AsSpan(index * 2)))];
}
