using System.Diagnostics;
using HilRig.Core.Time;

namespace HilRig.Core.RealTime;

/// <summary>
/// The clock of Windows and macOS: right in the mean, but its sleep may be late by milliseconds. No
/// timing verdict rests on it.
/// </summary>
public sealed class StopwatchClock : IRigClock, IDisposable
{
    private const long NanosecondsPerMillisecond = 1_000_000;
    private const long YieldBelowNanoseconds = 2 * NanosecondsPerMillisecond;
    private static readonly double NanosecondsPerCount = 1e9 / Stopwatch.Frequency;
    private readonly ManualResetEvent _neverSet = new(false);

    /// <inheritdoc/>
    public long NowNanoseconds => (long)(Stopwatch.GetTimestamp() * NanosecondsPerCount);

    /// <inheritdoc/>
    public void SleepUntil(long instantNanoseconds)
    {
        long left = instantNanoseconds - NowNanoseconds;
        while (left > 0)
        {
            if (left > YieldBelowNanoseconds)
            {
                _neverSet.WaitOne((int)Math.Min(
                    (left - YieldBelowNanoseconds) / NanosecondsPerMillisecond + 1, int.MaxValue));
            }
            else
            {
                Thread.Yield();
            }

            left = instantNanoseconds - NowNanoseconds;
        }
    }

    /// <summary>Releases the wait handle.</summary>
    public void Dispose() => _neverSet.Dispose();
}
