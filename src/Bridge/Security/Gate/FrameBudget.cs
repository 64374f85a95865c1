using HilRig.Core.RealTime;

namespace HilRig.Bridge.Security.Gate;

/// <summary>How many frames a peer may send: a bucket that fills again every second.</summary>
internal sealed class FrameBudget
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly double _perSecond;
    private double _tokens;
    private long _seenNanoseconds = MonotonicClock.NowNanoseconds;

    /// <summary>Makes a full bucket.</summary>
    /// <param name="perSecond">Frames a second, and of one burst.</param>
    public FrameBudget(int perSecond)
    {
        _perSecond = perSecond;
        _tokens = perSecond;
    }

    /// <summary>Takes one frame out.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryTake()
    {
        long now = MonotonicClock.NowNanoseconds;
        double gained = _perSecond * (now - _seenNanoseconds) / NanosecondsPerSecond;
        _tokens = Math.Min(_perSecond, _tokens + gained) - 1;
        _seenNanoseconds = now;
        return _tokens >= 0;
    }
}
