using System.Buffers.Binary;
using HilRig.Bridge.Security.Gate;

namespace HilRig.Bridge.Security.Zmtp;

/// <summary>
/// Reads ZMTP 3.x from a stream, frame by frame, and believes nothing: a length is checked before a
/// byte is kept for it, and memory grows with bytes that came, not with bytes that were claimed.
/// One thread. Errors of the stream pass through.
/// </summary>
internal sealed class ZmtpReader
{
    private const byte More = 1;
    private const byte Long = 2;
    private const byte Command = 4;
    private const int LongHeaderBytes = 9;
    private const int ShortHeaderBytes = 2;
    private const int FirstBufferBytes = 1024;

    private readonly Stream _stream;
    private readonly int _messageBytesMax;
    private byte[] _buffer = new byte[FirstBufferBytes];
    private int _start;
    private int _end;

    /// <summary>Reads from a stream that somebody else closes.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="messageBytesMax">Longest message taken.</param>
    public ZmtpReader(Stream stream, int messageBytesMax)
    {
        _stream = stream;
        _messageBytesMax = messageBytesMax;
    }

    /// <summary>Whether the newest frame is a command.</summary>
    public bool IsCommand { get; private set; }

    /// <summary>Body of the newest frame; good until the next read.</summary>
    public ReadOnlySpan<byte> Body => _buffer.AsSpan(BodyStart, BodyBytes);

    private int BodyStart { get; set; }

    private int BodyBytes { get; set; }

    /// <summary>Reads the greeting and READY.</summary>
    /// <param name="socketType">The only type that the peer may be.</param>
    /// <returns>None, PeerLeft, or what is wrong with the peer.</returns>
    public GateReason ReadHandshake(string socketType)
    {
        // Step by step: an old peer waits after the first byte, or after the version.
        if (!Need(1, out ReadOnlySpan<byte> read))
        {
            return GateReason.PeerLeft;
        }

        if (read[0] != ZmtpGreeting.FirstByte)
        {
            return GateReason.OldGreeting;
        }

        GateReason reason = Need(ZmtpGreeting.VersionEnd, out read)
            ? ZmtpGreeting.JudgeVersion(read) : GateReason.PeerLeft;
        if (reason != GateReason.None)
        {
            return reason;
        }

        reason = Need(ZmtpGreeting.Bytes, out ReadOnlySpan<byte> greeting)
            ? ZmtpGreeting.Judge(greeting) : GateReason.PeerLeft;
        if (reason != GateReason.None)
        {
            return reason;
        }

        _start += ZmtpGreeting.Bytes;
        reason = ReadFrame();
        return reason != GateReason.None ? reason
            : IsCommand ? ZmtpCommand.JudgeReady(Body, socketType) : GateReason.MalformedCommand;
    }

    /// <summary>Reads the next frame.</summary>
    /// <returns>None, PeerLeft, or what is wrong with the frame.</returns>
    public GateReason ReadFrame()
    {
        if (!Need(ShortHeaderBytes, out ReadOnlySpan<byte> header))
        {
            return GateReason.PeerLeft;
        }

        byte flags = header[0];
        if (JudgeFlags(flags) is var wrong and not GateReason.None)
        {
            return wrong;
        }

        ulong claimed = header[1];
        int headerBytes = ShortHeaderBytes;
        if ((flags & Long) != 0)
        {
            headerBytes = LongHeaderBytes;
            if (!Need(headerBytes, out header))
            {
                return GateReason.PeerLeft;
            }

            claimed = BinaryPrimitives.ReadUInt64BigEndian(header[1..]);
        }

        IsCommand = (flags & Command) != 0;
        int bytesMax = IsCommand ? ZmtpCommand.BytesMax : _messageBytesMax;
        if (claimed > (ulong)bytesMax)
        {
            return GateReason.OversizedFrame;
        }

        int bytes = headerBytes + (int)claimed;
        if (!Need(bytes, out _))
        {
            return GateReason.PeerLeft;
        }

        BodyStart = _start + headerBytes;
        BodyBytes = (int)claimed;
        _start += bytes;
        return GateReason.None;
    }

    private static GateReason JudgeFlags(byte flags) => flags switch
    {
        > (More | Long | Command) => GateReason.MalformedFrame,
        _ when (flags & (More | Command)) == (More | Command) => GateReason.MalformedFrame,
        _ when (flags & More) != 0 => GateReason.MultiPart,
        _ => GateReason.None,
    };

    // Makes the next bytes readable at _start.
    private bool Need(int bytes, out ReadOnlySpan<byte> read)
    {
        read = default;
        while (_end - _start < bytes)
        {
            MakeRoom(bytes);
            int got = _stream.Read(_buffer, _end, _buffer.Length - _end);
            if (got == 0)
            {
                return false;
            }

            _end += got;
        }

        read = _buffer.AsSpan(_start, bytes);
        return true;
    }

    private void MakeRoom(int bytes)
    {
        if (_start + bytes <= _buffer.Length)
        {
            return;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(
                2 * _buffer.Length, LongHeaderBytes + _messageBytesMax));
        }
    }
}
