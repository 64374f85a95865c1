namespace HilRig.Devices.Virtual.Servos;

/// <summary>
/// Present_Velocity as the firmware sees it: encoder counts over the last 20 ms, so in steps of
/// 50 counts/s and 10 ms late.
/// </summary>
internal sealed class VelocityEstimate
{
    internal const int WindowTicks = 20;
    private const int CountsPerSecond = 1000 / WindowTicks;

    private readonly long[] _window = new long[WindowTicks];
    private int _next;

    /// <summary>Counts per second.</summary>
    internal int Value { get; private set; }

    internal void Reset(long ticks)
    {
        _window.AsSpan().Fill(ticks);
        Value = 0;
    }

    /// <summary>Takes the count of this firmware tick (1 kHz).</summary>
    internal void Add(long ticks)
    {
        Value = (int)(ticks - _window[_next]) * CountsPerSecond;
        _window[_next] = ticks;
        _next = (_next + 1) % WindowTicks;
    }

    internal void Digest(ref StateDigest digest)
    {
        digest.Add((ulong)_next);
        foreach (var ticks in _window)
        {
            digest.Add((ulong)ticks);
        }
    }
}
