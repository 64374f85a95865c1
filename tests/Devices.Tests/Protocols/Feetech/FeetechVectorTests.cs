using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;

namespace HilRig.Devices.Tests.Protocols.Feetech;

/// <summary>The packets that the Feetech protocol manual prints, byte for byte.</summary>
public sealed class FeetechVectorTests
{
    private static readonly byte[] Servos = [1, 2, 3, 4];

    [Test]
    public void Ping() => AssertPacket(
        "FF FF 01 02 01 FB", target => FeetechPacket.EncodePing(target, 1));

    [Test]
    public void Ping_status() => AssertPacket(
        "FF FF 01 02 00 FC",
        target => FeetechPacket.EncodeStatus(target, 1, ServoErrors.None, default));

    [Test]
    public void Read_position() => AssertPacket(
        "FF FF 01 04 02 38 02 BE", target => FeetechPacket.EncodeRead(target, 1, 56, 2));

    [Test]
    public void Position_1304() => AssertPacket(
        "FF FF 01 04 00 18 05 DD",
        target => FeetechPacket.EncodeStatus(target, 1, ServoErrors.None, [0x18, 0x05]));

    [Test]
    public void Write_goal_2048() => AssertPacket(
        "FF FF 01 05 03 2A 00 08 C4",
        target => FeetechPacket.EncodeWrite(target, 1, 42, [0x00, 0x08]));

    [Test]
    public void Write_goal_2048_time_0_speed_1000() => AssertPacket(
        "FF FF 01 09 03 2A 00 08 00 00 E8 03 D5",
        target => FeetechPacket.EncodeWrite(target, 1, 42, [0x00, 0x08, 0x00, 0x00, 0xE8, 0x03]));

    [Test]
    public void Action() => AssertPacket(
        "FF FF FE 02 05 FA", target => FeetechPacket.EncodeAction(target));

    [Test]
    public void Sync_write_to_four_servos() => AssertPacket(
        "FF FF FE 20 83 2A 06 01 00 08 00 00 E8 03 02 00 08 00 00 E8 03 "
        + "03 00 08 00 00 E8 03 04 00 08 00 00 E8 03 58",
        target =>
        {
            byte[] one = [0x00, 0x08, 0x00, 0x00, 0xE8, 0x03];
            return FeetechPacket.EncodeSyncWrite(
                target, 42, 6, Servos, [.. one, .. one, .. one, .. one]);
        });

    [Test]
    public void Sync_read_of_two_servos() => AssertPacket(
        "FF FF FE 06 82 38 08 01 02 36",
        target => FeetechPacket.EncodeSyncRead(target, 56, 8, [1, 2]));

    [TestCase("FF FF 01 0A 00 00 08 00 00 00 00 79 1E 55", 1, 2048)]
    [TestCase("FF FF 02 0A 00 FF 07 00 00 00 00 77 23 53", 2, 2047)]
    public void Sync_read_replies_decode(string hex, int id, int position)
    {
        var parser = new FeetechParser();
        parser.Feed(Hex(hex));

        Assert.That(parser.TryNext(out FeetechFrame frame), Is.True);
        Assert.That((int)frame.Id, Is.EqualTo(id));
        Assert.That(frame.Errors, Is.EqualTo(ServoErrors.None));
        Assert.That(Sts3215.PresentPosition.Decode(frame.Parameters), Is.EqualTo(position));
        Assert.That(frame.Parameters.Length, Is.EqualTo(8));
    }

    [Test]
    public void A_sync_write_of_the_wrong_size_is_refused() => Assert.That(
        () => FeetechPacket.EncodeSyncWrite(new byte[64], 42, 2, Servos, new byte[7]),
        Throws.ArgumentException);

    [Test]
    public void A_packet_with_254_parameters_is_refused() => Assert.That(
        () => FeetechPacket.Encode(new byte[300], 1, 3, new byte[254]), Throws.ArgumentException);

    private static void AssertPacket(string hex, Func<byte[], int> encode)
    {
        byte[] target = new byte[FeetechPacket.PacketBytesMax];
        Array.Fill(target, (byte)0xA5);
        int count = encode(target);
        Assert.That(target[..count], Is.EqualTo(Hex(hex)));

        var parser = new FeetechParser();
        parser.Feed(target.AsSpan(0, count));
        Assert.That(parser.TryNext(out FeetechFrame frame), Is.True, "the parser reads it back");
        Assert.That((int)frame.Code, Is.EqualTo(target[4]));
    }

    private static byte[] Hex(string text) =>
        Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));
}
