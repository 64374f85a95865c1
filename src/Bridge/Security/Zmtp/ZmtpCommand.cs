using System.Buffers.Binary;
using System.Text;
using HilRig.Bridge.Security.Gate;

namespace HilRig.Bridge.Security.Zmtp;

/// <summary>
/// Body of a ZMTP command: one byte of length, the name, then what the command carries. READY
/// carries properties: one byte of length, name, four bytes of length (big-endian), value.
/// </summary>
internal static class ZmtpCommand
{
    /// <summary>Longest command taken, bytes.</summary>
    public const int BytesMax = 512;

    private const int PingContextBytesMax = 16;
    private const int TimeToLiveBytes = 2;

    /// <summary>Makes a READY command.</summary>
    /// <param name="socketType">Such as "ROUTER".</param>
    public static byte[] Ready(string socketType)
    {
        byte[] type = Encoding.ASCII.GetBytes(socketType);
        byte[] length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, type.Length);
        return
        [
            5, .. "READY"u8, 11, .. "Socket-Type"u8, .. length, .. type,
            8, .. "Identity"u8, 0, 0, 0, 0,
        ];
    }

    /// <summary>Splits a command.</summary>
    /// <param name="body">Its bytes.</param>
    /// <param name="name">Its name.</param>
    /// <param name="rest">What it carries.</param>
    /// <returns>False when it is not one.</returns>
    public static bool TrySplit(
        ReadOnlySpan<byte> body, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> rest)
    {
        bool whole = body.Length >= 2 && body[0] >= 1 && body[0] < body.Length;
        name = whole ? body.Slice(1, body[0]) : default;
        rest = whole ? body[(1 + body[0])..] : default;
        return whole;
    }

    /// <summary>Judges a READY command.</summary>
    /// <param name="body">Its bytes.</param>
    /// <param name="socketType">The only type that is welcome.</param>
    public static GateReason JudgeReady(ReadOnlySpan<byte> body, string socketType)
    {
        if (!TrySplit(body, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> rest)
            || !name.SequenceEqual("READY"u8))
        {
            return GateReason.MalformedCommand;
        }

        bool typed = false;
        while (!rest.IsEmpty)
        {
            if (!TryTakeProperty(
                ref rest, out ReadOnlySpan<byte> property, out ReadOnlySpan<byte> value))
            {
                return GateReason.MalformedCommand;
            }

            if (Ascii.EqualsIgnoreCase(property, "Socket-Type"u8))
            {
                if (typed || !Ascii.Equals(value, socketType))
                {
                    return GateReason.SocketType;
                }

                typed = true;
            }
        }

        return typed ? GateReason.None : GateReason.SocketType;
    }

    /// <summary>Makes the answer to a PING.</summary>
    /// <param name="rest">What the PING carries: time to live, context.</param>
    /// <returns>The body of a PONG with that context; null when the PING is malformed.</returns>
    public static byte[]? Pong(ReadOnlySpan<byte> rest) =>
        rest.Length is >= TimeToLiveBytes and <= TimeToLiveBytes + PingContextBytesMax
            ? [4, .. "PONG"u8, .. rest[TimeToLiveBytes..]]
            : null;

    // The length is unsigned here: a "negative" one is a huge one, and more than there is.
    private static bool TryTakeProperty(
        scoped ref ReadOnlySpan<byte> rest,
        out ReadOnlySpan<byte> name,
        out ReadOnlySpan<byte> value)
    {
        name = default;
        value = default;
        int nameBytes = rest[0];
        int valueStart = 1 + nameBytes + sizeof(uint);
        if (nameBytes == 0 || rest.Length < valueStart)
        {
            return false;
        }

        uint valueBytes = BinaryPrimitives.ReadUInt32BigEndian(rest[(1 + nameBytes)..]);
        if (valueBytes > (uint)(rest.Length - valueStart))
        {
            return false;
        }

        name = rest.Slice(1, nameBytes);
        value = rest.Slice(valueStart, (int)valueBytes);
        rest = rest[(valueStart + (int)valueBytes)..];
        return true;
    }
}
