using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Bridge.Clocks;

/// <summary>Asks over a stream, such as the inside of a TLS session.</summary>
public sealed class StreamClockExchange : IClockExchange
{
    private readonly Stream _stream;
    private readonly IRigClock _clock;
    private readonly byte[] _frame = new byte[ClockFrames.Bytes];

    /// <summary>Takes a stream over.</summary>
    /// <param name="stream">
    /// The stream. Nagle's delay must be off below it, or every question waits for the last answer.
    /// </param>
    /// <param name="timeout">How long to wait for an answer.</param>
    /// <param name="clock">The local clock; null for CLOCK_MONOTONIC.</param>
    public StreamClockExchange(Stream stream, TimeSpan timeout, IRigClock? clock = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _clock = clock ?? RigClock.Create();
        if (stream.CanTimeout)
        {
            stream.ReadTimeout = (int)timeout.TotalMilliseconds;
            stream.WriteTimeout = (int)timeout.TotalMilliseconds;
        }
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A stream cannot be read again after a time-out in the middle of a message, so an answer that
    /// does not come in time ends it.
    /// </remarks>
    public ClockExchangeStatus TryExchange(ulong nonce, out ClockProbe probe)
    {
        probe = default;
        try
        {
            ClockFrames.Encode(new ClockMessage(false, nonce, 0, 0), _frame);
            long sent = _clock.NowNanoseconds;
            _stream.Write(_frame);
            _stream.Flush();
            if (!ClockFrames.TryFill(_stream, _frame))
            {
                return ClockExchangeStatus.Lost;
            }

            long received = _clock.NowNanoseconds;
            if (!ClockFrames.TryDecode(_frame, out ClockMessage answer)
                || !answer.IsAnswer
                || answer.Nonce != nonce)
            {
                return ClockExchangeStatus.Lost;
            }

            probe = new ClockProbe(sent, answer.Received, answer.Sent, received);
            return ClockExchangeStatus.Answered;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException
            or InvalidOperationException)
        {
            return ClockExchangeStatus.Lost;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
