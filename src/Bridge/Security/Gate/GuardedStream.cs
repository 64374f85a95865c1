namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// A stream whose reads put off the end of idleness and whose writes must end in time. The socket
/// below is closed by the gate's warden when they do not. One reader and one writer at a time.
/// </summary>
internal sealed class GuardedStream : Stream
{
    private readonly Stream _inner;
    private readonly Deadline _writing;
    private readonly (TimeSpan Time, GateReason Reason) _stall;
    private Deadline? _idle;
    private TimeSpan _idleTime;

    /// <summary>Guards a stream that somebody else closes.</summary>
    /// <param name="inner">The stream.</param>
    /// <param name="writing">Set while a write lasts.</param>
    /// <param name="stall">How long it may last, and what it means if it does not end.</param>
    public GuardedStream(Stream inner, Deadline writing, (TimeSpan, GateReason) stall)
    {
        _inner = inner;
        _writing = writing;
        _stall = stall;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>From now on the peer must send something every so often.</summary>
    /// <param name="idle">Set after each read.</param>
    /// <param name="time">How often.</param>
    public void ExpectLife(Deadline idle, TimeSpan time)
    {
        _idle = idle;
        _idleTime = time;
        idle.Set(time, GateReason.Idle);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int got = _inner.Read(buffer);
        _idle?.Set(_idleTime, GateReason.Idle);
        return got;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) =>
        Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _writing.Set(_stall.Time, _stall.Reason);
        _inner.Write(buffer);
        _writing.Clear();
    }

    /// <inheritdoc/>
    public override void Flush() => _inner.Flush();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
