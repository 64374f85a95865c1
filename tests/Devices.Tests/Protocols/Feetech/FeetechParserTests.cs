using HilRig.Devices.Protocols.Feetech;

namespace HilRig.Devices.Tests.Protocols.Feetech;

/// <summary>The parser under split, junk, flipped and truncated bytes.</summary>
public sealed class FeetechParserTests
{
    private static readonly byte[] Reply = Status(1, 0x18, 0x05);

    [Test]
    public void A_packet_split_at_every_byte_is_found()
    {
        byte[] packet = Status(7, 0xFF, 0xFF, 0xFF, 0x00, 0xFF);
        for (int split = 0; split <= packet.Length; split++)
        {
            var parser = new FeetechParser();
            parser.Feed(packet.AsSpan(0, split));
            bool early = parser.TryNext(out _);
            parser.Feed(packet.AsSpan(split));
            bool late = parser.TryNext(out FeetechFrame frame);

            Assert.That(early, Is.EqualTo(split == packet.Length), $"split at {split}");
            Assert.That(late, Is.EqualTo(split != packet.Length), $"split at {split}");
            if (late)
            {
                Assert.That(frame.Parameters.ToArray(), Is.EqualTo(packet[5..^1]));
            }
        }
    }

    [Test]
    public void A_packet_fed_byte_by_byte_is_found_once()
    {
        var parser = new FeetechParser();
        int found = 0;
        foreach (byte value in Reply)
        {
            parser.Feed([value]);
            found += parser.TryNext(out _) ? 1 : 0;
        }

        Assert.That(found, Is.EqualTo(1));
        Assert.That(parser.PendingByteCount, Is.Zero);
    }

    [TestCase("00")]
    [TestCase("FF")]
    [TestCase("FF FF")]
    [TestCase("FF FF FF FF FF")]
    [TestCase("FF FF 01 01")]
    [TestCase("FF FF 01 00 FF")]
    [TestCase("12 FF 34 FF FF 05 04 00 01 02 99")]
    public void Junk_before_a_packet_is_skipped(string junkHex)
    {
        byte[] junk = Convert.FromHexString(junkHex.Replace(" ", "", StringComparison.Ordinal));
        var parser = new FeetechParser();
        parser.Feed(junk);
        parser.Feed(Reply);

        Assert.That(parser.TryNext(out FeetechFrame frame), Is.True);
        Assert.That(frame.Parameters.ToArray(), Is.EqualTo(new byte[] { 0x18, 0x05 }));
        Assert.That(parser.SkippedByteCount, Is.EqualTo(junk.Length));
    }

    [Test]
    public void Every_single_flipped_bit_is_noticed_and_the_next_packet_is_found()
    {
        for (int bit = 0; bit < Reply.Length * 8; bit++)
        {
            byte[] damaged = [.. Reply];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var parser = new FeetechParser();
            parser.Expect(2);
            parser.Feed(damaged);
            parser.Feed(Status(2, 0x34, 0x12));

            Assert.That(TakeAll(parser), Is.EqualTo(new[] { 2 }), $"bit {bit}");
        }
    }

    [Test]
    public void A_packet_behind_every_truncation_is_found()
    {
        for (int kept = 0; kept < Reply.Length; kept++)
        {
            var parser = new FeetechParser();
            parser.Expect(2);
            parser.Feed(Reply.AsSpan(0, kept));
            parser.Feed(Status(2, 0x34, 0x12));

            Assert.That(TakeAll(parser), Is.EqualTo(new[] { 2 }), $"{kept} bytes kept");
        }
    }

    [Test]
    public void A_length_that_reads_one_too_high_is_noticed_though_the_checksum_holds()
    {
        byte[] damaged = [.. Reply];
        damaged[3]++;
        byte[] next = Status(2, 0x34, 0x12);
        Assert.That(
            FeetechPacket.Checksum([.. damaged[2..]]), Is.EqualTo(next[0]), "the trap is real");
        var parser = new FeetechParser();
        parser.Expect(2);
        parser.Feed(damaged);
        parser.Feed(next);

        Assert.That(TakeAll(parser), Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public void A_header_that_promises_too_much_does_not_hold_up_a_short_packet()
    {
        var parser = new FeetechParser();
        parser.Expect(2);
        parser.Feed([0xFF, 0xFF, 0x01, 0xF0]);
        parser.Feed(Reply);

        Assert.That(parser.TryNext(out FeetechFrame frame), Is.True);
        Assert.That((int)frame.Id, Is.EqualTo(1));
    }

    [Test]
    public void Abandoning_a_partial_packet_reveals_the_one_behind_it()
    {
        var parser = new FeetechParser();
        parser.Feed([0xFF, 0xFF, 0x01, 0x40]);
        parser.Feed(Reply);

        Assert.That(parser.TryNext(out _), Is.False);
        parser.AbandonPartial();
        Assert.That(parser.TryNext(out FeetechFrame frame), Is.True);
        Assert.That(frame.Parameters.ToArray(), Is.EqualTo(new byte[] { 0x18, 0x05 }));
    }

    [Test]
    public void A_packet_inside_the_parameters_of_another_is_data()
    {
        byte[] outer = Status(3, Reply);
        for (int split = 0; split <= outer.Length; split++)
        {
            var parser = new FeetechParser();
            var ids = new List<int>();
            parser.Feed(outer.AsSpan(0, split));
            ids.AddRange(TakeAll(parser));
            parser.Feed(outer.AsSpan(split));
            ids.AddRange(TakeAll(parser));

            Assert.That(ids, Is.EqualTo(new[] { 3 }), $"split at {split}");
        }
    }

    [TestCase(0x01, ServoErrors.Voltage)]
    [TestCase(0x02, ServoErrors.Sensor)]
    [TestCase(0x04, ServoErrors.Temperature)]
    [TestCase(0x08, ServoErrors.Current)]
    [TestCase(0x20, ServoErrors.Overload)]
    [TestCase(0x21, ServoErrors.Voltage | ServoErrors.Overload)]
    public void Error_bits_are_read(int code, ServoErrors errors)
    {
        byte[] packet = new byte[6];
        FeetechPacket.Encode(packet, 1, (byte)code, default);
        var parser = new FeetechParser();
        parser.Feed(packet);

        Assert.That(parser.TryNext(out FeetechFrame frame), Is.True);
        Assert.That(frame.Errors, Is.EqualTo(errors));
    }

    [Test]
    public void Encoding_and_parsing_allocate_nothing()
    {
        var parser = new FeetechParser();
        byte[] packet = new byte[FeetechPacket.PacketBytesMax];
        long found = RunCycles(parser, packet, 100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        found += RunCycles(parser, packet, 1000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(found, Is.EqualTo(1100));
        Assert.That(allocated, Is.Zero);
    }

    internal static byte[] Status(byte id, params byte[] parameters)
    {
        byte[] packet = new byte[FeetechPacket.OverheadBytes + parameters.Length];
        FeetechPacket.EncodeStatus(packet, id, ServoErrors.None, parameters);
        return packet;
    }

    internal static List<int> TakeAll(FeetechParser parser)
    {
        var ids = new List<int>();
        while (parser.TryNext(out FeetechFrame frame))
        {
            ids.Add(frame.Id);
        }

        return ids;
    }

    private static long RunCycles(FeetechParser parser, byte[] packet, int count)
    {
        long found = 0;
        for (int cycle = 0; cycle < count; cycle++)
        {
            int length = FeetechPacket.EncodeSyncRead(packet, 56, 15, [1, 2, 3, 4, 5, 6]);
            parser.Feed([0xFF, 0x13]);
            parser.Feed(packet.AsSpan(0, length));
            found += parser.TryNext(out _) ? 1 : 0;
        }

        return found;
    }
}
