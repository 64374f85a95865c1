namespace HilRig.Devices.Virtual.Wire;

/// <summary>
/// When bytes are on a half-duplex line of 8N1 characters (10 bits each) and when the host gets
/// them. Pure arithmetic on instants, ns; no clock.
/// </summary>
internal struct WireTiming
{
    private const long BitsPerByteTimesSecond = 10L * 1_000_000_000;

    private readonly long _frameNanoseconds;
    private long _freeAt;

    /// <param name="frameNanoseconds">
    /// USB frame: the adapter hands bytes to the host at multiples of it only; 0 for none.
    /// </param>
    internal WireTiming(long frameNanoseconds) => _frameNanoseconds = frameNanoseconds;

    /// <summary>When the last byte so far has left the line, ns.</summary>
    internal readonly long FreeAt => _freeAt;

    /// <summary>Time that some bytes take, ns.</summary>
    internal static long Duration(int bytes, int baud) => bytes * BitsPerByteTimesSecond / baud;

    /// <summary>Bytes that the host handed over; they go out once the line is free.</summary>
    /// <returns>When the last of them has arrived at the servos, ns.</returns>
    internal long Send(long handedOver, int bytes, int baud)
    {
        _freeAt = Math.Max(handedOver, _freeAt) + Duration(bytes, baud);
        return _freeAt;
    }

    /// <summary>When a servo begins its reply, ns.</summary>
    internal readonly long ReplyStart(long returnDelay) => _freeAt + returnDelay;

    /// <summary>A servo's reply, from its start on.</summary>
    /// <returns>When the host has its last byte, ns.</returns>
    internal long Reply(long start, int bytes, int baud)
    {
        _freeAt = start + Duration(bytes, baud);
        return _frameNanoseconds == 0
            ? _freeAt
            : (_freeAt + _frameNanoseconds - 1) / _frameNanoseconds * _frameNanoseconds;
    }
}
