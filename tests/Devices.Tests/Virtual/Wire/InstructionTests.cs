using CsCheck;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Virtual.Faults;

namespace HilRig.Devices.Tests.Virtual.Wire;

public sealed class InstructionTests
{
    private const long Later = 50_000_000;

    [Test]
    public void A_ping_gets_the_published_answer()
    {
        var bench = new BusBench(1, 0);
        bench.Exchange([0xFF, 0xFF, 0x01, 0x02, 0x01, 0xFB], 0, out var frames);
        Assert.That(frames.Single(), Is.EqualTo(new byte[] { 0xFF, 0xFF, 0x01, 0x02, 0x00, 0xFC }));
    }

    [Test]
    public void A_wrong_checksum_and_an_unknown_instruction_are_met_with_silence()
    {
        var bench = new BusBench(1, 0);
        bench.Exchange([0xFF, 0xFF, 0x01, 0x02, 0x01, 0xFA], 0, out var wrong);
        bench.Exchange(BusBench.Simple(1, (FeetechInstruction)0x55, 1, 2), Later, out var unknown);
        Assert.That((wrong.Count, unknown.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_broadcast_ping_is_answered_by_all_and_a_broadcast_write_by_none()
    {
        var bench = new BusBench(3, 0);
        bench.Exchange(BusBench.Ping(FeetechPacket.BroadcastId), 0, out var pings);
        bench.Exchange(
            BusBench.Write(FeetechPacket.BroadcastId, Sts3215.TorqueEnable, 1),
            Later,
            out var writes);
        Assert.Multiple(() =>
        {
            Assert.That(pings.Select(frame => frame[2]), Is.EqualTo(new byte[] { 1, 2, 3 }));
            Assert.That(writes, Is.Empty);
            Assert.That(bench.Table(2).Get(Sts3215.TorqueEnable), Is.EqualTo(1));
        });
    }

    [Test]
    public void A_read_tells_model_and_position()
    {
        var bench = new BusBench(1, 0);
        bench.Exchange(BusBench.Read(1, Sts3215.ModelNumber.Address, 2), 0, out var model);
        bench.Exchange(
            BusBench.Read(1, Sts3215.PresentPosition.Address, 2), Later, out var position);
        Assert.Multiple(() =>
        {
            Assert.That(BitConverter.ToUInt16(model.Single(), 5), Is.EqualTo(777));
            Assert.That(BitConverter.ToUInt16(position.Single(), 5), Is.EqualTo(2048).Within(2));
        });
    }

    [Test]
    public void Response_level_zero_silences_acknowledgements_but_not_reads_and_pings()
    {
        var bench = new BusBench(1, 0);
        bench.Exchange(BusBench.Write(1, Sts3215.ResponseLevel, 0), 0, out _);
        bench.Exchange(BusBench.Write(1, Sts3215.TorqueEnable, 1), Later, out var write);
        bench.Exchange(BusBench.Ping(1), 2 * Later, out var ping);
        bench.Exchange(BusBench.Read(1, 40, 1), 3 * Later, out var read);
        Assert.That((write.Count, ping.Count, read.Count), Is.EqualTo((0, 1, 1)));
    }

    [Test]
    public void Locked_eeprom_acts_but_is_lost_at_reboot_and_unlocked_stays()
    {
        var bench = new BusBench(1, 0);
        bench.Exchange(BusBench.Write(1, Sts3215.PositionP, 11), 0, out _);
        Assert.That(bench.Table(0).Get(Sts3215.PositionP), Is.EqualTo(11), "acts at once");
        bench.Exchange(BusBench.Simple(1, FeetechInstruction.Reboot), Later, out _);
        Assert.That(bench.Table(0).Get(Sts3215.PositionP), Is.EqualTo(32), "lost");

        bench.Exchange(BusBench.Write(1, Sts3215.Lock, 0), 2 * Later, out _);
        bench.Exchange(BusBench.Write(1, Sts3215.PositionP, 12), 3 * Later, out _);
        bench.Exchange(BusBench.Simple(1, FeetechInstruction.Reboot), 4 * Later, out _);
        Assert.Multiple(() =>
        {
            Assert.That(bench.Table(0).Get(Sts3215.PositionP), Is.EqualTo(12), "kept");
            Assert.That(bench.Table(0).Get(Sts3215.Lock), Is.EqualTo(1), "locked again");
        });
    }

    [Test]
    public void A_reboot_takes_the_torque_away_and_keeps_the_goal_where_the_arm_is()
    {
        var bench = new BusBench(1, 0);
        bench.Exchange(BusBench.Write(1, Sts3215.TorqueEnable, 1), 0, out _);
        bench.Exchange(BusBench.Write(1, Sts3215.GoalPosition, 2500), Later, out _);
        bench.Exchange(BusBench.Simple(1, FeetechInstruction.Reboot), 40 * Later, out _);
        Assert.Multiple(() =>
        {
            Assert.That(bench.Table(0).Get(Sts3215.TorqueEnable), Is.Zero);
            Assert.That(bench.Table(0).Get(Sts3215.GoalPosition), Is.EqualTo(2500).Within(8));
        });
    }

    [Test]
    public void Read_only_registers_do_not_change()
    {
        var bench = new BusBench(1, 0);
        bench.Exchange(BusBench.WriteRaw(1, 3, 1, 2), 0, out _);
        bench.Exchange(BusBench.WriteRaw(1, 62, 99), Later, out _);
        Assert.Multiple(() =>
        {
            Assert.That(bench.Table(0).Get(Sts3215.ModelNumber), Is.EqualTo(777));
            Assert.That(bench.Table(0).Get(Sts3215.PresentVoltage), Is.Not.EqualTo(99));
        });
    }

    [Test]
    public void Torque_enable_128_makes_the_present_position_2048_for_good()
    {
        var bench = new BusBench(1, 0);
        bench.Exchange(BusBench.Write(1, Sts3215.TorqueEnable, 1), 0, out _);
        bench.Exchange(BusBench.Write(1, Sts3215.GoalPosition, 2500), Later, out _);
        bench.Exchange(BusBench.WriteRaw(1, 40, 128), 40 * Later, out _);
        bench.Arm.StepTo(45 * Later);
        Assert.Multiple(() =>
        {
            Assert.That(bench.Table(0).Get(Sts3215.PresentPosition), Is.EqualTo(2048).Within(8));
            Assert.That(bench.Table(0).Get(Sts3215.HomingOffset), Is.EqualTo(452).Within(8));
            Assert.That(bench.Table(0).Get(Sts3215.TorqueEnable), Is.EqualTo(1), "as before");
        });
        bench.Exchange(BusBench.Simple(1, FeetechInstruction.Reboot), 46 * Later, out _);
        Assert.That(bench.Table(0).Get(Sts3215.HomingOffset), Is.EqualTo(452).Within(8), "saved");
    }

    [Test]
    public void A_prepared_write_waits_for_the_action()
    {
        var bench = new BusBench(2, 0);
        bench.Exchange(
            BusBench.Simple(1, FeetechInstruction.RegWrite, 40, 1), 0, out var prepared);
        Assert.That(bench.Table(0).Get(Sts3215.TorqueEnable), Is.Zero);
        Assert.That(bench.Table(0).Get(Sts3215.RegWriteFlag), Is.EqualTo(1));
        bench.Exchange(
            BusBench.Simple(FeetechPacket.BroadcastId, FeetechInstruction.Action),
            Later,
            out var acted);
        Assert.Multiple(() =>
        {
            Assert.That((prepared.Count, acted.Count), Is.EqualTo((1, 0)));
            Assert.That(bench.Table(0).Get(Sts3215.TorqueEnable), Is.EqualTo(1));
            Assert.That(bench.Table(1).Get(Sts3215.TorqueEnable), Is.Zero);
        });
    }

    [Test]
    public void A_changed_id_answers_under_the_new_one()
    {
        var bench = new BusBench(1, 0);
        bench.Exchange(BusBench.Write(1, Sts3215.Id, 9), 0, out _);
        bench.Exchange(BusBench.Ping(1), Later, out var old);
        bench.Exchange(BusBench.Ping(9), 2 * Later, out var moved);
        Assert.That((old.Count, moved.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public void Supply_out_of_range_shows_in_every_status()
    {
        var bench = new BusBench(1, 0);
        bench.Exchange(BusBench.Write(1, Sts3215.MinVoltage, 125), 0, out _);
        bench.Exchange(BusBench.Ping(1), Later, out var frames);
        Assert.That((ServoErrors)frames.Single()[4], Is.EqualTo(ServoErrors.Voltage));
    }

    [Test]
    public void A_servo_drops_out_at_its_instant_and_keeps_its_torque()
    {
        var bench = new BusBench(2, 0, faults: FaultText.Parse("off id=2 from=0.1"));
        bench.Exchange(BusBench.Write(2, Sts3215.TorqueEnable, 1), 0, out var before);
        bench.Exchange(BusBench.Write(2, Sts3215.TorqueEnable, 0), 150_000_000, out var after);
        Assert.Multiple(() =>
        {
            Assert.That((before.Count, after.Count), Is.EqualTo((1, 0)));
            Assert.That(bench.Table(1).Get(Sts3215.TorqueEnable), Is.EqualTo(1));
        });
    }

    [Test]
    public void Replies_can_be_corrupt_lost_and_late()
    {
        var bench = new BusBench(
            3, 0, faults: [
                FaultText.Parse("garbage id=1 every=2"),
                FaultText.Parse("intermittent id=2"),
                FaultText.Parse("slow id=3 by=0.0007"),
            ]);
        var parser = new FeetechParser();
        bench.Exchange(BusBench.Ping(1), 0, out var first);
        bench.Exchange(BusBench.Ping(1), Later, out var second);
        bench.Exchange(BusBench.Ping(2), 2 * Later, out var lost);
        var late = bench.Exchange(BusBench.Ping(3), 3 * Later, out _) - (3 * Later);
        parser.Feed(first[0]);
        Assert.That(parser.TryNext(out _), Is.True);
        parser.Feed(second[0]);
        Assert.Multiple(() =>
        {
            Assert.That(parser.TryNext(out _), Is.False);
            Assert.That(parser.ChecksumErrorCount, Is.EqualTo(1));
            Assert.That(lost, Is.Empty);
            Assert.That(late, Is.EqualTo(60_000 + 60_000 + 700_000));
        });
    }

    [Test]
    public void No_bytes_whatever_make_it_throw_and_it_hears_the_next_packet()
    {
        // Junk with headers in it, so that the parser gets past them often; then silence.
        var junk = Gen.OneOf(Gen.Byte, Gen.Const((byte)0xFF), Gen.Byte[0, 8]).Array[0, 300];
        junk.Sample(
            bytes =>
            {
                var bench = new BusBench(2, 0);
                bench.Exchange(bytes, 0, out _);
                bench.Bus.Idle(100_000_000);
                while (bench.Bus.TryTake(out _, out _))
                {
                }

                byte id = bench.Arm.Servos[0].Id;
                bench.Exchange(BusBench.Ping(id), 200_000_000, out var frames);
                Assert.That(frames, Is.Not.Empty);
            },
            iter: 300, threads: 1);
    }

    [Test]
    public void No_packet_whatever_makes_it_throw()
    {
        var packet = Gen.Select(
            Gen.OneOf(Gen.Byte[1, 2], Gen.Const((byte)254)),
            Gen.OneOf(Gen.Byte[1, 11], Gen.Byte[0x82, 0x83], Gen.Byte),
            Gen.Byte.Array[0, 40]);
        var bench = new BusBench(2, 0);
        long now = 0;
        packet.Sample(
            p =>
            {
                now += 5_000_000;
                bench.Exchange(
                    BusBench.Simple(p.Item1, (FeetechInstruction)p.Item2, p.Item3), now, out _);
                Assert.That(double.IsFinite(bench.Arm.JointPosition[0]), Is.True);
            },
            iter: 2000, threads: 1);
    }
}
