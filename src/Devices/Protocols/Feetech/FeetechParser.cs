namespace HilRig.Devices.Protocols.Feetech;

/// <summary>
/// Finds packets in a byte stream that may be split, prefixed with junk, damaged or cut off. It is
/// driven by LEN, not by header bytes, because FF FF may occur inside parameters. After a failed
/// checksum it drops one byte and looks again, so a good packet behind a bad one is found. It never
/// throws on input and never allocates after construction. Servos use it for instructions, the
/// driver for status packets. One thread.
/// </summary>
public sealed class FeetechParser
{
    /// <summary>Lowest LEN: code and checksum.</summary>
    private const int LengthByteMin = 2;
    private const int AnyLength = -1;

    private readonly byte[] _buffer;
    private int _start;
    private int _end;
    private int _expectedLengthByte = AnyLength;

    /// <summary>Makes a parser.</summary>
    /// <param name="capacityBytes">Bytes it can hold unparsed; at least one longest packet.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is under 259 bytes.</exception>
    public FeetechParser(int capacityBytes = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityBytes, FeetechPacket.PacketBytesMax);
        _buffer = new byte[capacityBytes];
    }

    /// <summary>Bytes dropped because they belong to no packet.</summary>
    public long SkippedByteCount { get; private set; }

    /// <summary>Packet candidates whose checksum failed.</summary>
    public long ChecksumErrorCount { get; private set; }

    /// <summary>Bytes held that are not parsed yet.</summary>
    public int PendingByteCount => _end - _start;

    /// <summary>
    /// Says how long the packets to come are: this many parameter bytes, or none (a servo that only
    /// reports errors). The checksum alone is too weak: it also holds for a packet whose LEN reads
    /// one too high and that is followed by FF, the next header.
    /// </summary>
    /// <param name="parameterBytes">Parameter bytes expected, 0 to 253.</param>
    public void Expect(int parameterBytes)
    {
        _expectedLengthByte = Math.Clamp(parameterBytes, 0, FeetechPacket.ParameterBytesMax) + 2;
    }

    /// <summary>Takes packets of any length again, as a servo does.</summary>
    public void ExpectAny()
    {
        _expectedLengthByte = AnyLength;
    }

    /// <summary>Room to read bytes into; say how many with <see cref="Commit"/>.</summary>
    public Span<byte> GetWritable()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        return _buffer.AsSpan(_end);
    }

    /// <summary>Takes over bytes that were read into <see cref="GetWritable"/>.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// More than there was room for: a bug.
    /// </exception>
    public void Commit(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - _end);
        _end += count;
    }

    /// <summary>
    /// Copies bytes in. It takes all of them, or as many as there is room for; once
    /// <see cref="TryNext"/> returns false there is room for at least one byte.
    /// </summary>
    /// <param name="bytes">What came.</param>
    /// <returns>Bytes taken.</returns>
    public int Feed(ReadOnlySpan<byte> bytes)
    {
        Span<byte> room = GetWritable();
        int count = Math.Min(room.Length, bytes.Length);
        bytes[..count].CopyTo(room);
        Commit(count);
        return count;
    }

    /// <summary>Takes the next whole packet.</summary>
    /// <param name="frame">The packet; its parameters are valid until bytes are added.</param>
    /// <returns>False when more bytes are needed.</returns>
    public bool TryNext(out FeetechFrame frame)
    {
        while (_start < _end)
        {
            ReadOnlySpan<byte> rest = _buffer.AsSpan(_start, _end - _start);
            if (!CouldBeHeader(rest))
            {
                Skip(1);
                continue;
            }

            if (rest.Length < 4 || rest.Length < 4 + rest[3])
            {
                break;
            }

            int parameterBytes = rest[3] - 2;
            int checksumIndex = 5 + parameterBytes;
            if (FeetechPacket.Checksum(rest[2..checksumIndex]) != rest[checksumIndex])
            {
                ChecksumErrorCount++;
                Skip(1);
                continue;
            }

            frame = new FeetechFrame(rest[2], rest[4], rest.Slice(5, parameterBytes));
            _start += checksumIndex + 1;
            return true;
        }

        frame = default;
        return false;
    }

    /// <summary>
    /// Gives up the packet that has begun but not ended, and looks for others in its bytes. For use
    /// when the line has been silent too long for the packet to be still on its way.
    /// </summary>
    public void AbandonPartial()
    {
        if (_start < _end)
        {
            Skip(1);
        }
    }

    /// <summary>Forgets every held byte; counters stay.</summary>
    public void Clear()
    {
        SkippedByteCount += PendingByteCount;
        _start = 0;
        _end = 0;
    }

    // True while the bytes seen so far are the beginning of some packet.
    private bool CouldBeHeader(ReadOnlySpan<byte> rest) =>
        rest[0] == FeetechPacket.HeaderByte
        && (rest.Length < 2 || rest[1] == FeetechPacket.HeaderByte)
        && (rest.Length < 3 || rest[2] != FeetechPacket.HeaderByte)
        && (rest.Length < 4 || IsLengthPlausible(rest[3]));

    private bool IsLengthPlausible(byte length) => _expectedLengthByte == AnyLength
        ? length >= LengthByteMin
        : length == LengthByteMin || length == _expectedLengthByte;

    private void Skip(int count)
    {
        _start += count;
        SkippedByteCount += count;
    }
}
