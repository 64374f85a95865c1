namespace HilRig.Core.Time;

/// <summary>
/// Predicts when a device's packets are due on the host's clock. Each arrival is the device's time
/// plus a fixed offset plus a delay that is never negative, so the smallest recent difference
/// between the two clocks is the best estimate of the offset (the minimum filter of RFC 5905,
/// section 10).
/// </summary>
public sealed class DeviceClockFilter
{
    private readonly long[] _differences;
    private int _count;
    private int _next;

    /// <summary>Makes a filter that remembers <paramref name="window"/> packets.</summary>
    /// <param name="window">
    /// Packets to look back on: long enough to hold one undelayed packet, short enough that the two
    /// clocks drift little over it (50 ppm over 256 packets at 1 kHz is 13 µs).
    /// </param>
    public DeviceClockFilter(int window = 256)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        _differences = new long[window];
    }

    /// <summary>
    /// Offset of the host's clock from the device's, ns; 0 before the first packet.
    /// </summary>
    public long OffsetNanoseconds { get; private set; }

    /// <summary>
    /// Takes an arrival and returns when it was due by the packets before it: the first packet is
    /// due when it arrives, and no packet is due later than it arrives.
    /// </summary>
    /// <param name="deviceNanoseconds">The device's own time stamp of the packet.</param>
    /// <param name="arrivalNanoseconds">When it arrived, host clock.</param>
    public long Arrived(long deviceNanoseconds, long arrivalNanoseconds)
    {
        long difference = arrivalNanoseconds - deviceNanoseconds;
        long due = _count == 0 ? arrivalNanoseconds : deviceNanoseconds + OffsetNanoseconds;
        _differences[_next] = difference;
        _next = (_next + 1) % _differences.Length;
        _count = Math.Min(_count + 1, _differences.Length);
        OffsetNanoseconds = Smallest();
        return Math.Min(due, arrivalNanoseconds);
    }

    private long Smallest()
    {
        long smallest = long.MaxValue;
        for (int i = 0; i < _count; i++)
        {
            smallest = Math.Min(smallest, _differences[i]);
        }

        return smallest;
    }
}
