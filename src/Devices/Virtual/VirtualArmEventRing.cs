namespace HilRig.Devices.Virtual;

/// <summary>
/// The last events of an arm. One thread adds; any thread reads. Adding never waits for a reader
/// longer than a copy and never allocates.
/// </summary>
public sealed class VirtualArmEventRing
{
    private readonly VirtualArmEvent[] _events;
    private readonly Lock _gate = new();
    private long _count;

    internal VirtualArmEventRing(int capacity) => _events = new VirtualArmEvent[capacity];

    /// <summary>Events since power-on, those that have been overwritten included.</summary>
    public long Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    /// <summary>Copies events out, oldest first.</summary>
    /// <param name="first">Number of the first wanted, 0-based since power-on.</param>
    /// <returns>Those from it on that are still held.</returns>
    public VirtualArmEvent[] ReadFrom(long first) => ReadFrom(first, out _);

    /// <inheritdoc cref="ReadFrom(long)"/>
    /// <param name="first"/>
    /// <param name="next">Number of the first event that is still to come.</param>
    public VirtualArmEvent[] ReadFrom(long first, out long next)
    {
        lock (_gate)
        {
            var oldest = Math.Max(first, Math.Max(0, _count - _events.Length));
            var copy = new VirtualArmEvent[Math.Max(0, _count - oldest)];
            for (var i = 0; i < copy.Length; i++)
            {
                copy[i] = _events[(oldest + i) % _events.Length];
            }

            next = _count;
            return copy;
        }
    }

    internal void Add(in VirtualArmEvent happened)
    {
        lock (_gate)
        {
            _events[_count % _events.Length] = happened;
            _count++;
        }
    }
}
