using HilRig.Devices.Registers;

namespace HilRig.Devices.Tests.Virtual.Wire;

/// <summary>
/// One cycle = sync write + sync read of six servos on a virtual clock, against the rates that 10
/// bits a byte and the return delay give.
/// </summary>
public sealed class WireScheduleTests
{
    private const double Tolerance = 0.05;
    private static readonly byte[] Ids = [1, 2, 3, 4, 5, 6];

    // Register counts: what is read, what is written; then return delay, baud, expected rate.
    [TestCase(2, 2, 250, 1_000_000, 258)]
    [TestCase(2, 2, 10, 1_000_000, 1000)]
    [TestCase(2, 2, 0, 1_000_000, 1136)]
    [TestCase(15, 6, 250, 1_000_000, 204)]
    [TestCase(15, 6, 10, 1_000_000, 495)]
    [TestCase(15, 6, 0, 1_000_000, 526)]
    [TestCase(15, 6, 0, 500_000, 263)]
    [TestCase(15, 6, 0, 115_200, 60.6)]
    public void Six_servos_cycle_at_the_rate_of_the_line(
        int readBytes, int writeBytes, int returnDelay, int baud, double rateHertz)
    {
        var bench = new BusBench(6, returnDelay, baud);
        const int Cycles = 20;
        long now = 0;
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            var write = BusBench.SyncWrite(Ids, Sts3215.GoalTime, writeBytes);
            var read = BusBench.SyncRead(Ids, Sts3215.PresentPosition, readBytes);
            now = bench.Exchange([.. write, .. read], now, out var frames);
            Assert.That(frames, Has.Count.EqualTo(6));
            Assert.That(frames.Select(frame => frame[2]), Is.EqualTo(Ids), "in the order asked");
        }

        var rate = Cycles * 1e9 / now;
        Assert.That(rate, Is.EqualTo(rateHertz).Within(Tolerance * rateHertz));
    }

    [Test]
    public void Each_servo_has_its_own_return_delay()
    {
        var bench = new BusBench(2, returnDelay: 0);
        bench.Exchange(BusBench.Write(2, Sts3215.ReturnDelay, 100), 0, out _);
        var end = bench.Exchange(
            BusBench.SyncRead([1, 2], Sts3215.PresentPosition, 2), 10_000_000, out _);

        // 10 bytes out, 2 × 8 bytes in at 10 µs, and 200 µs before the second.
        Assert.That(end - 10_000_000, Is.EqualTo(100_000 + 160_000 + 200_000));
    }

    [Test]
    public void A_usb_frame_rounds_the_release_up()
    {
        var bench = new BusBench(1, returnDelay: 0, usbFrameNanoseconds: 1_000_000);
        var end = bench.Exchange(
            BusBench.SyncRead([1], Sts3215.PresentPosition, 2), 5_300_000, out _);
        Assert.That(end, Is.EqualTo(6_000_000));
    }

    [Test]
    public void Unpaced_replies_come_at_once()
    {
        var bench = new BusBench(6, returnDelay: 250, paced: false);
        var end = bench.Exchange(
            BusBench.SyncRead(Ids, Sts3215.PresentPosition, 15), 5_000_000, out var frames);
        Assert.Multiple(() =>
        {
            Assert.That(end, Is.EqualTo(5_000_000));
            Assert.That(frames, Has.Count.EqualTo(6));
        });
    }

    [Test]
    public void Nobody_answers_at_the_wrong_baud_and_nothing_moves()
    {
        var bench = new BusBench(6, returnDelay: 0);
        bench.Exchange(
            BusBench.Write(1, Sts3215.TorqueEnable, 1), 0, out var wrong, lineBaud: 500_000);
        bench.Exchange(BusBench.SyncRead(Ids, Sts3215.TorqueEnable, 1), 10_000_000, out var right);
        Assert.Multiple(() =>
        {
            Assert.That(wrong, Is.Empty);
            Assert.That(right, Has.Count.EqualTo(6));
            Assert.That(right[0][5], Is.Zero, "torque stayed off");
        });
    }

    [Test]
    public void A_servo_set_to_another_baud_answers_there()
    {
        var bench = new BusBench(2, returnDelay: 0);
        bench.Exchange(BusBench.Write(2, Sts3215.BaudRate, 1), 0, out _);
        bench.Exchange(BusBench.Ping(2), 10_000_000, out var old);
        bench.Exchange(BusBench.Ping(2), 20_000_000, out var moved, lineBaud: 500_000);
        bench.Exchange(BusBench.Ping(1), 30_000_000, out var stayed);
        Assert.That((old.Count, moved.Count, stayed.Count), Is.EqualTo((0, 1, 1)));
    }

    [Test]
    public void A_missing_servo_leaves_a_gap_and_the_others_answer()
    {
        var bench = new BusBench(3, returnDelay: 0);
        bench.Arm.Connect(2, false);
        var end = bench.Exchange(
            BusBench.SyncRead([1, 2, 3], Sts3215.PresentPosition, 2), 0, out var frames);
        Assert.Multiple(() =>
        {
            Assert.That(frames.Select(frame => frame[2]), Is.EqualTo(new byte[] { 1, 3 }));
            Assert.That(end, Is.EqualTo(110_000 + (3 * 80_000)));
        });
    }

    [Test]
    public void A_command_takes_effect_when_its_last_byte_has_arrived()
    {
        var bench = new BusBench(1, returnDelay: 0, baud: 115_200);
        var packet = BusBench.Write(1, Sts3215.TorqueEnable, 1);
        bench.Bus.Receive(packet, 0, 115_200, 115_200);

        // 8 bytes take 694 µs: two whole steps of 0.25 ms fit before.
        Assert.That(bench.Arm.StepIndex, Is.EqualTo(2));
    }

    [Test]
    public void Serving_a_cycle_allocates_nothing()
    {
        var bench = new BusBench(6, returnDelay: 0);
        byte[] request =
        [
            .. BusBench.SyncWrite(Ids, Sts3215.GoalTime, 6),
            .. BusBench.SyncRead(Ids, Sts3215.PresentPosition, 15),
        ];
        var before = 0L;
        var replies = 0;
        for (var cycle = 0; cycle < 200; cycle++)
        {
            if (cycle == 100)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            bench.Bus.Receive(request, cycle * 4_000_000L, 1_000_000, 1_000_000);
            while (bench.Bus.TryTake(out _, out _))
            {
                replies++;
            }
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That((allocated, replies), Is.EqualTo((0L, 1200)));
    }

    [Test]
    public void Half_a_packet_is_given_up_so_that_the_next_one_is_heard()
    {
        var bench = new BusBench(1, returnDelay: 0);
        var write = BusBench.SyncWrite(Ids, Sts3215.GoalTime, 6);
        bench.Exchange(write[..20], 0, out _);
        bench.Bus.Idle(6_000_000);
        bench.Exchange(BusBench.Ping(1), 7_000_000, out var frames);
        Assert.That(frames, Has.Count.EqualTo(1));
    }
}
