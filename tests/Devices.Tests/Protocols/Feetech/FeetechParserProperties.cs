using CsCheck;
using HilRig.Devices.Protocols.Feetech;

namespace HilRig.Devices.Tests.Protocols.Feetech;

/// <summary>What holds for any packets and any bytes. A failure prints its seed.</summary>
public sealed class FeetechParserProperties
{
    // Header bytes are frequent on purpose: they are what can fool the parser.
    private static readonly Gen<byte> AnyByte = Gen.Frequency(
        (3, Gen.Const((byte)0xFF)), (7, Gen.Byte));

    private static readonly Gen<byte[]> AnyPacket = Gen.Select(
        Gen.Byte[0, 253], Gen.Byte, AnyByte.Array[0, 40], (id, code, parameters) =>
        {
            byte[] packet = new byte[FeetechPacket.OverheadBytes + parameters.Length];
            FeetechPacket.Encode(packet, id, code, parameters);
            return packet;
        });

    [Test]
    public void Any_packets_cut_into_any_pieces_come_out_whole_and_in_order() =>
        Gen.Select(AnyPacket.Array[1, 6], Gen.Int[1, 50]).Sample((packets, pieceBytes) =>
        {
            byte[] stream = [.. packets.SelectMany(packet => packet)];
            var parser = new FeetechParser();
            var found = new List<byte[]>();
            foreach (byte[] piece in stream.Chunk(pieceBytes))
            {
                parser.Feed(piece);
                while (parser.TryNext(out FeetechFrame frame))
                {
                    byte[] packet = new byte[FeetechPacket.PacketBytesMax];
                    int count = FeetechPacket.Encode(
                        packet, frame.Id, frame.Code, frame.Parameters);
                    found.Add(packet[..count]);
                }
            }

            return found.Count == packets.Length
                && found.Zip(packets).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
        });

    [Test]
    public void After_any_bytes_and_a_silence_a_good_packet_is_found() =>
        Gen.Select(AnyByte.Array[0, 600], AnyPacket).Sample((junk, packet) =>
        {
            var parser = new FeetechParser();
            FeedAll(parser, junk);
            Silence(parser);
            parser.Feed(packet);
            bool found = false;
            while (parser.TryNext(out FeetechFrame frame))
            {
                found |= frame.Id == packet[2] && frame.Parameters.SequenceEqual(
                    packet.AsSpan()[5..^1]);
            }

            return found;
        });

    [Test]
    public void Whatever_comes_the_parser_accounts_for_every_byte() =>
        AnyByte.Array[0, 3000].Sample(bytes =>
        {
            var parser = new FeetechParser(FeetechPacket.PacketBytesMax);
            long framed = FeedAll(parser, bytes);
            return framed + parser.SkippedByteCount + parser.PendingByteCount == bytes.Length;
        });

    private static long FeedAll(FeetechParser parser, byte[] bytes)
    {
        long framed = 0;
        int at = 0;
        while (at < bytes.Length)
        {
            int taken = parser.Feed(bytes.AsSpan(at));
            at += taken;
            while (parser.TryNext(out FeetechFrame frame))
            {
                framed += FeetechPacket.OverheadBytes + frame.Parameters.Length;
            }
        }

        return framed;
    }

    private static void Silence(FeetechParser parser)
    {
        while (parser.PendingByteCount > 0)
        {
            parser.AbandonPartial();
            while (parser.TryNext(out _))
            {
            }
        }
    }
}
