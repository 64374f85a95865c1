using HilRig.Devices.Virtual;
using HilRig.Devices.Virtual.Stops;

namespace HilRig.Devices.Tests.Virtual.Stops;

public sealed class StopStampsTests
{
    private const long Millisecond = 1_000_000;
    private const long Cause = 1_000 * Millisecond;
    private static readonly byte[] Servos = [1, 2];

    [Test]
    public void A_stop_ends_when_the_last_servo_rests_after_its_stop_write()
    {
        StopStamps stop = Find(
            At(-400, 1, VirtualArmEventKind.LeftRest),
            At(20, 1, VirtualArmEventKind.TorqueLimitWritten, 0.6),
            At(21, 2, VirtualArmEventKind.TorqueLimitWritten, 0.6),
            At(90, 1, VirtualArmEventKind.CameToRest));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stop.WrittenNanoseconds, Is.EqualTo(Cause + (21 * Millisecond)));
            Assert.That(stop.StoppedNanoseconds, Is.EqualTo(Cause + (90 * Millisecond)));
            Assert.That(stop.TorqueOffNanoseconds, Is.Null);
            Assert.That(stop.WasMoving, Is.True);
        }
    }

    [Test]
    public void A_servo_that_rests_long_before_its_stop_write_stops_with_the_write()
    {
        StopStamps stop = Find(
            At(-400, 1, VirtualArmEventKind.LeftRest),
            At(60, 1, VirtualArmEventKind.CameToRest),
            At(250, 1, VirtualArmEventKind.TorqueLimitWritten, 0.6),
            At(250, 2, VirtualArmEventKind.TorqueLimitWritten, 0.6));
        Assert.That(stop.StoppedNanoseconds, Is.EqualTo(Cause + (250 * Millisecond)));
    }

    [Test]
    public void A_servo_that_moves_again_while_it_is_held_has_not_stopped_before()
    {
        StopStamps stop = Find(
            At(20, 1, VirtualArmEventKind.TorqueLimitWritten, 0.6),
            At(20, 2, VirtualArmEventKind.TorqueLimitWritten, 0.6),
            At(120, 2, VirtualArmEventKind.LeftRest),
            At(180, 2, VirtualArmEventKind.CameToRest));
        Assert.That(stop.StoppedNanoseconds, Is.EqualTo(Cause + (180 * Millisecond)));
    }

    [Test]
    public void The_lowering_after_the_hold_does_not_count()
    {
        StopStamps stop = Find(
            At(20, 1, VirtualArmEventKind.TorqueLimitWritten, 0.6),
            At(20, 2, VirtualArmEventKind.TorqueLimitWritten, 0.6),
            At(330, 2, VirtualArmEventKind.LeftRest),
            At(900, 2, VirtualArmEventKind.CameToRest));
        Assert.That(stop.StoppedNanoseconds, Is.EqualTo(Cause + (20 * Millisecond)));
    }

    [Test]
    public void A_servo_that_never_rests_has_not_stopped()
    {
        StopStamps stop = Find(
            At(-400, 1, VirtualArmEventKind.LeftRest),
            At(20, 1, VirtualArmEventKind.TorqueLimitWritten, 0.6));
        Assert.That(stop.StoppedNanoseconds, Is.Null);
        Assert.That(stop.WrittenServoCount, Is.EqualTo(1));
    }

    [Test]
    public void Torque_counts_as_removed_with_the_last_servo()
    {
        StopStamps stop = Find(
            At(20, 1, VirtualArmEventKind.TorqueWritten, 0),
            At(20, 2, VirtualArmEventKind.TorqueWritten, 0),
            At(21, 1, VirtualArmEventKind.TorqueOff),
            At(24, 2, VirtualArmEventKind.TorqueOff));
        Assert.That(stop.TorqueOffNanoseconds, Is.EqualTo(Cause + (24 * Millisecond)));
    }

    [Test]
    public void An_events_file_that_was_cut_off_is_read_up_to_there()
    {
        string path = Path.Combine(
            TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N") + ".jsonl");
        File.WriteAllText(
            path,
            """
            {"monotonic_ns":7,"arm_ns":2,"servo":3,"kind":"CameToRest","value":0.5}
            {"monotonic_ns":5,"arm_ns":1,"servo":3,"kind":"LeftRest","value":0.25}
            {"monotonic_ns":9,"arm_n
            """);
        try
        {
            Assert.That(
                EventLogReader.Read(path),
                Is.EqualTo(new StampedEvent[]
                {
                    new(5, 3, VirtualArmEventKind.LeftRest, 0.25),
                    new(7, 3, VirtualArmEventKind.CameToRest, 0.5),
                }));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static StopStamps Find(params StampedEvent[] events) =>
        StopStamps.Find(events, Servos, Cause, 300 * Millisecond);

    private static StampedEvent At(
        double milliseconds, byte servo, VirtualArmEventKind kind, double value = 0) =>
        new(Cause + (long)(milliseconds * Millisecond), servo, kind, value);
}
