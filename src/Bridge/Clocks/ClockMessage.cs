using System.Buffers.Binary;

namespace HilRig.Bridge.Clocks;

/// <summary>
/// Question and answer of the clock service, 32 bytes each, little-endian. Both are of one length,
/// so that a forged question draws no longer answer.
/// </summary>
/// <remarks>
/// <code>
/// offset  size  field
///  0       4    "HRCK"
///  4       1    version, 1
///  5       1    kind: 1 question, 2 answer
///  6       2    zero
///  8       8    nonce of the question; the answer repeats it
/// 16       8    t2: when the question arrived, peer's clock, ns; zero in a question
/// 24       8    t3: when the answer left, peer's clock, ns; zero in a question
/// </code>
/// </remarks>
internal readonly record struct ClockMessage(bool IsAnswer, ulong Nonce, long Received, long Sent)
{
    /// <summary>Length of either message.</summary>
    public const int Bytes = 32;

    private const uint Magic = 0x4B43_5248;
    private const byte Version = 1;
    private const byte Question = 1;
    private const byte Answer = 2;

    /// <summary>Writes the message.</summary>
    /// <param name="target">At least <see cref="Bytes"/> long.</param>
    public void Encode(Span<byte> target)
    {
        target[..Bytes].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(target, Magic);
        target[4] = Version;
        target[5] = IsAnswer ? Answer : Question;
        BinaryPrimitives.WriteUInt64LittleEndian(target[8..], Nonce);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], Received);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], Sent);
    }

    /// <summary>Reads a message; never throws.</summary>
    /// <param name="source">What arrived, whole.</param>
    /// <param name="message">The message, when the result is true.</param>
    /// <returns>False when it is none of this version.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> source, out ClockMessage message)
    {
        message = default;
        if (source.Length != Bytes
            || BinaryPrimitives.ReadUInt32LittleEndian(source) != Magic
            || source[4] != Version
            || source[5] is not (Question or Answer)
            || source[6] != 0
            || source[7] != 0)
        {
            return false;
        }

        message = new ClockMessage(
            source[5] == Answer,
            BinaryPrimitives.ReadUInt64LittleEndian(source[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[24..]));
        return message.IsAnswer || (message.Received == 0 && message.Sent == 0);
    }
}
