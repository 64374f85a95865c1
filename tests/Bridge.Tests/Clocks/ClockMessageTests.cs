using HilRig.Bridge.Clocks;

namespace HilRig.Bridge.Tests.Clocks;

public sealed class ClockMessageTests
{
    [Test]
    public void An_answer_has_these_bytes()
    {
        byte[] bytes = new byte[ClockMessage.Bytes];
        new ClockMessage(true, 0x0807060504030201, 0x11, 0x22).Encode(bytes);

        Assert.That(Convert.ToHexStringLower(bytes), Is.EqualTo(
            "4852434b01020000" + "0102030405060708" + "1100000000000000" + "2200000000000000"));
        Assert.That(ClockMessage.TryDecode(bytes, out ClockMessage read), Is.True);
        Assert.That(read, Is.EqualTo(new ClockMessage(true, 0x0807060504030201, 0x11, 0x22)));
    }

    [Test]
    public void Every_changed_byte_of_the_head_and_every_other_length_is_refused()
    {
        byte[] bytes = new byte[ClockMessage.Bytes];
        new ClockMessage(false, 1, 0, 0).Encode(bytes);
        for (int i = 0; i < 8; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 0x40;
            Assert.That(ClockMessage.TryDecode(changed, out _), Is.False, $"byte {i}");
        }

        for (int length = 0; length < 40; length++)
        {
            byte[] other = new byte[length];
            bytes.AsSpan(0, Math.Min(length, bytes.Length)).CopyTo(other);
            Assert.That(
                ClockMessage.TryDecode(other, out _), Is.EqualTo(length == ClockMessage.Bytes));
        }
    }

    [Test]
    public void A_question_that_carries_instants_is_refused()
    {
        byte[] bytes = new byte[ClockMessage.Bytes];
        new ClockMessage(false, 1, 5, 0).Encode(bytes);

        Assert.That(ClockMessage.TryDecode(bytes, out _), Is.False);
    }

    [Test]
    public void Random_bytes_never_throw()
    {
        var random = new Random(11);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = new byte[random.Next(0, 48)];
            random.NextBytes(bytes);
            if (bytes.Length > 5 && i % 2 == 0)
            {
                "HRCK\x01"u8.CopyTo(bytes);
            }

            Assert.That(() => ClockMessage.TryDecode(bytes, out _), Throws.Nothing);
        }
    }
}
