using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Bridge.Clocks;

/// <summary>
/// Answers clock questions on streams, such as those that ask for `hilrig-clock/1` inside TLS. May
/// serve any number of streams, each on a thread of its own; it holds nothing but counters.
/// </summary>
public sealed class StreamClockResponder : IClockResponder
{
    private readonly IRigClock _clock;
    private long _answerCount;

    /// <summary>Makes a responder.</summary>
    /// <param name="clock">The clock to tell; null for CLOCK_MONOTONIC.</param>
    public StreamClockResponder(IRigClock? clock = null) => _clock = clock ?? RigClock.Create();

    /// <summary>Questions answered on all streams.</summary>
    public long AnswerCount => Volatile.Read(ref _answerCount);

    /// <inheritdoc/>
    public ClockServiceEnd Serve(Stream stream, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using CancellationTokenRegistration closing = stop.Register(stream.Dispose);
        Span<byte> frame = stackalloc byte[ClockFrames.Bytes];
        try
        {
            while (ClockFrames.TryFill(stream, frame))
            {
                long received = _clock.NowNanoseconds;
                if (!ClockFrames.TryDecode(frame, out ClockMessage question) || question.IsAnswer)
                {
                    return ClockServiceEnd.Malformed;
                }

                ClockFrames.Encode(
                    new ClockMessage(true, question.Nonce, received, _clock.NowNanoseconds), frame);
                stream.Write(frame);
                stream.Flush();
                Interlocked.Increment(ref _answerCount);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException
            or InvalidOperationException)
        {
            // The peer, the network or whoever stopped us closed the stream.
        }

        return stop.IsCancellationRequested ? ClockServiceEnd.Stopped : ClockServiceEnd.Closed;
    }
}
