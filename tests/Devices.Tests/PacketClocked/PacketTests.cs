using HilRig.Devices.PacketClocked;
using HilRig.Devices.PacketClocked.Wire;

namespace HilRig.Devices.Tests.PacketClocked;

public sealed class PacketTests
{
    /// <summary>The check value of CRC-32C (RFC 3720 names the polynomial).</summary>
    [Test]
    public void The_checksum_is_crc_32c() =>
        Assert.That(PacketFrame.Crc("123456789"u8), Is.EqualTo(0xE3069283));

    [Test]
    public void A_command_has_these_bytes()
    {
        var command = new CommandPacket(1)
        {
            Session = 0x0807060504030201,
            Counter = 0x11,
            Sequence = 0x22,
        };
        command.Goal[0] = 1;
        byte[] bytes = new byte[command.Bytes];
        command.Encode(bytes);

        Assert.That(Convert.ToHexStringLower(bytes.AsSpan(..^4)), Is.EqualTo(
            "4852504301050100" + "0102030405060708" + "1100000000000000" + "2200000000000000"
            + "000000000000f03f"));
        Assert.That(
            BitConverter.ToUInt32(bytes.AsSpan(^4..)),
            Is.EqualTo(PacketFrame.Crc(bytes.AsSpan(..^4))));
    }

    [Test]
    public void A_state_is_read_as_it_was_written()
    {
        var written = new StatePacket(2)
        {
            Session = 5,
            Counter = 6,
            DeviceNanoseconds = 7,
            AnsweredSequence = 8,
            LostCount = 9,
            AnswerNanoseconds = 10,
            LostInRow = 11,
            LongestLostInRow = 12,
            SuccessRate = 0.5f,
            Mode = ControllerMode.Stopped,
            Cause = ControllerStopCause.GoalTooFast,
            IsAtRest = true,
            OverrunCount = 13,
        };
        for (int i = 0; i < 2; i++)
        {
            written.Position[i] = i + 0.25;
            written.Velocity[i] = i + 0.5;
            written.Effort[i] = i + 0.75;
        }

        byte[] bytes = new byte[written.Bytes];
        written.Encode(bytes);
        var read = new StatePacket(2);

        Assert.That(read.TryDecode(bytes), Is.True);
        byte[] again = new byte[read.Bytes];
        read.Encode(again);
        Assert.That(again, Is.EqualTo(bytes));
        Assert.That(read.Effort, Is.EqualTo(written.Effort));
        Assert.That(read.Cause, Is.EqualTo(ControllerStopCause.GoalTooFast));
    }

    [Test]
    public void Every_changed_bit_and_every_other_length_is_refused()
    {
        var state = new StatePacket(1);
        byte[] bytes = new byte[state.Bytes];
        state.Encode(bytes);
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] changed = [.. bytes];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(state.TryDecode(changed), Is.False, $"bit {bit}");
        }

        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.That(state.TryDecode(bytes.AsSpan(0, length)), Is.False);
        }
    }

    [Test]
    public void Random_bytes_with_a_good_checksum_never_throw()
    {
        var random = new Random(3);
        var state = new StatePacket(1);
        var command = new CommandPacket(1);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = new byte[random.Next(0, 120)];
            random.NextBytes(bytes);
            if (bytes.Length > 28)
            {
                "HRPC\x01"u8.CopyTo(bytes);
                bytes[5] = (byte)random.Next(0, 9);
                bytes[6] = 1;
                PacketFrame.Seal(bytes);
            }

            Assert.That(
                () => state.TryDecode(bytes) | command.TryDecode(bytes)
                    | SessionPacket.TryDecode(bytes, out _),
                Throws.Nothing);
        }
    }
}
