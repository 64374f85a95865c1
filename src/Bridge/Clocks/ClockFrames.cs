using System.Buffers.Binary;

namespace HilRig.Bridge.Clocks;

/// <summary>
/// Clock messages on a stream: a length of two bytes, little-endian, always 32 in this version, and
/// the message.
/// </summary>
internal static class ClockFrames
{
    /// <summary>Length of prefix and message.</summary>
    public const int Bytes = sizeof(ushort) + ClockMessage.Bytes;

    /// <summary>Writes a frame into a buffer.</summary>
    /// <param name="message">The message.</param>
    /// <param name="target"><see cref="Bytes"/> long.</param>
    public static void Encode(in ClockMessage message, Span<byte> target)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(target, ClockMessage.Bytes);
        message.Encode(target[sizeof(ushort)..]);
    }

    /// <summary>Reads a frame; never throws.</summary>
    /// <param name="frame"><see cref="Bytes"/> that arrived.</param>
    /// <param name="message">The message, when the result is true.</param>
    public static bool TryDecode(ReadOnlySpan<byte> frame, out ClockMessage message)
    {
        message = default;
        return BinaryPrimitives.ReadUInt16LittleEndian(frame) == ClockMessage.Bytes
            && ClockMessage.TryDecode(frame[sizeof(ushort)..], out message);
    }

    /// <summary>Fills a buffer from a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="buffer">What to fill.</param>
    /// <returns>False when the stream ended first.</returns>
    /// <exception cref="IOException">It broke, or was silent for too long.</exception>
    public static bool TryFill(Stream stream, Span<byte> buffer) =>
        stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) == buffer.Length;
}
