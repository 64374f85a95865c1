using System.Buffers.Binary;

namespace HilRig.Bridge.Security.Zmtp;

/// <summary>
/// Writes ZMTP 3.0 to a stream; any thread, one frame at a time, one write (and, on TLS, one
/// record) a frame. Errors of the stream pass through.
/// </summary>
internal sealed class ZmtpWriter
{
    private const byte Long = 2;
    private const byte Command = 4;
    private const int LongHeaderBytes = 9;
    private const int ShortHeaderBytes = 2;

    private readonly Lock _lock = new();
    private readonly Stream _stream;
    private byte[] _buffer = new byte[1024];

    /// <summary>Writes to a stream that somebody else closes.</summary>
    /// <param name="stream">The stream.</param>
    public ZmtpWriter(Stream stream)
    {
        _stream = stream;
    }

    /// <summary>Sends our greeting.</summary>
    public void WriteGreeting() => _stream.Write(ZmtpGreeting.Ours());

    /// <summary>Sends a command.</summary>
    /// <param name="body">Its bytes, see <see cref="ZmtpCommand"/>.</param>
    public void WriteCommand(ReadOnlySpan<byte> body) => Write(Command, body);

    /// <summary>Sends a message of one frame.</summary>
    /// <param name="body">Its bytes.</param>
    public void WriteMessage(ReadOnlySpan<byte> body) => Write(0, body);

    private void Write(byte flags, ReadOnlySpan<byte> body)
    {
        lock (_lock)
        {
            int header = body.Length <= byte.MaxValue ? ShortHeaderBytes : LongHeaderBytes;
            if (_buffer.Length < header + body.Length)
            {
                Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, header + body.Length));
            }

            if (header == ShortHeaderBytes)
            {
                _buffer[0] = flags;
                _buffer[1] = (byte)body.Length;
            }
            else
            {
                _buffer[0] = (byte)(flags | Long);
                BinaryPrimitives.WriteUInt64BigEndian(_buffer.AsSpan(1), (ulong)body.Length);
            }

            body.CopyTo(_buffer.AsSpan(header));
            _stream.Write(_buffer, 0, header + body.Length);
        }
    }
}
