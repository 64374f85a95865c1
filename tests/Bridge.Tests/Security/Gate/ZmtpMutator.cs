using Google.Protobuf;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Security.Zmtp;

namespace HilRig.Bridge.Tests.Security.Gate;

/// <summary>
/// Bytes that are nearly what an honest peer sends: its pieces in nearly their order, with bits
/// flipped, lengths changed, parts cut, repeated, swapped. The same seed gives the same bytes.
/// </summary>
internal sealed class ZmtpMutator
{
    private readonly Random _random;

    public ZmtpMutator(int seed)
    {
        _random = new Random(seed);
    }

    public byte[] Next()
    {
        var pieces = new List<byte[]> { ZmtpGreeting.Ours(), Command(ZmtpCommand.Ready(Type())) };
        for (int i = _random.Next(6); i > 0; i--)
        {
            pieces.Add(Piece());
        }

        for (int i = _random.Next(4); i > 0; i--)
        {
            Mutate(pieces);
        }

        return [.. pieces.SelectMany(piece => piece)];
    }

    private string Type() => _random.Next(8) switch
    {
        0 => "SUB",
        1 => "",
        2 => "ROUTER",
        _ => "DEALER",
    };

    private byte[] Piece() => _random.Next(9) switch
    {
        0 => Message(MessageKind.Hello, RawPeer.Hello((Role)_random.Next(4))),
        1 => Message(MessageKind.Command, new Command
        {
            SessionId = (ulong)_random.NextInt64(),
            Sequence = _random.Next(),
            Position = { 1, 2, 3 },
        }),
        2 => Message(MessageKind.Request, new Request
        {
            SessionId = (ulong)_random.NextInt64(),
            Kind = (RequestKind)_random.Next(9),
        }),
        3 => Message((MessageKind)_random.Next(256), new Welcome()),
        4 => Command([4, .. "PING"u8, 0, 1, .. Bytes(_random.Next(24))]),
        5 => Command([9, .. "SUBSCRIBE"u8, .. Bytes(_random.Next(4))]),
        6 => [0, 2, 1, 5],
        7 => [2, .. Bytes(8)],
        _ => Bytes(_random.Next(64)),
    };

    private void Mutate(List<byte[]> pieces)
    {
        int index = _random.Next(pieces.Count);
        byte[] piece = [.. pieces[index]];
        pieces[index] = piece;
        int at = _random.Next(Math.Max(1, piece.Length));
        switch (_random.Next(8))
        {
            case 0 when piece.Length > 0:
                piece[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when piece.Length > 0:
                piece[at] = (byte)_random.Next(256);
                break;
            case 2:
                pieces[index] = piece[..at];
                break;
            case 3:
                pieces[index] = [.. piece[..at], .. Bytes(_random.Next(1, 300)), .. piece[at..]];
                break;
            case 4:
                pieces.Insert(index, piece);
                break;
            case 5:
                pieces.RemoveAt(index);
                pieces.Add(piece);
                break;
            case 6 when piece.Length > 1:
                // Flags and lengths of frames are where parsers die.
                piece[_random.Next(2)] = (byte)_random.Next(256);
                break;
            default:
                pieces[index] = piece[at..];
                break;
        }
    }

    private static byte[] Command(byte[] body) => [4, (byte)body.Length, .. body];

    private static byte[] Message(MessageKind kind, IMessage message)
    {
        byte[] body = [(byte)kind, .. message.ToByteArray()];
        return body.Length <= 255
            ? [0, (byte)body.Length, .. body]
            : [2, 0, 0, 0, 0, 0, 0, (byte)(body.Length >> 8), (byte)body.Length, .. body];
    }

    private byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
