using System.Net;
using System.Net.Sockets;

namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// How often an address may connect, and how many of its connections may be unproved. Any thread.
/// </summary>
internal sealed class AddressLimits
{
    private const int AddressesMax = 1024;
    private const double NanosecondsPerSecond = 1e9;
    private const int NetworkBytes = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Entry> _entries = [];
    private readonly double _perSecond;
    private readonly int _pendingPerAddressMax;
    private readonly int _pendingMax;
    private int _pending;

    /// <summary>Takes the limits.</summary>
    /// <param name="options">The gate's options.</param>
    public AddressLimits(SecureGateOptions options)
    {
        _perSecond = options.AcceptsPerSecondMax;
        _pendingPerAddressMax = options.PendingPerAddressMax;
        _pendingMax = options.PendingMax;
    }

    /// <summary>Connections that have not proved a key.</summary>
    public int Pending => Volatile.Read(ref _pending);

    /// <summary>Lets a new connection try; one that may is then pending.</summary>
    /// <param name="address">Where it comes from.</param>
    /// <param name="nowNanoseconds">Now.</param>
    /// <returns>None, AcceptRate or PendingCap.</returns>
    public GateReason Enter(IPAddress address, long nowNanoseconds)
    {
        lock (_lock)
        {
            if (Find(NetworkOf(address), nowNanoseconds) is not { } entry)
            {
                return GateReason.AcceptRate;
            }

            double gained = _perSecond * (nowNanoseconds - entry.SeenNanoseconds)
                / NanosecondsPerSecond;
            entry.Tokens = Math.Min(2 * _perSecond, entry.Tokens + gained);
            entry.SeenNanoseconds = nowNanoseconds;
            if (entry.Tokens < 1)
            {
                return GateReason.AcceptRate;
            }

            entry.Tokens--;
            if (_pending >= _pendingMax || entry.Pending >= _pendingPerAddressMax)
            {
                return GateReason.PendingCap;
            }

            entry.Pending++;
            _pending++;
            return GateReason.None;
        }
    }

    /// <summary>A connection that was let try is pending no more.</summary>
    /// <param name="address">Where it comes from.</param>
    public void Leave(IPAddress address)
    {
        lock (_lock)
        {
            _entries[NetworkOf(address)].Pending--;
            _pending--;
        }
    }

    // Whoever has an IPv6 network has all its addresses.
    private static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        byte[] bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }

    // A full table forgets those whose bucket is full again; if there is none, nobody new enters.
    private Entry? Find(IPAddress network, long now)
    {
        if (_entries.TryGetValue(network, out Entry? known))
        {
            return known;
        }

        if (_entries.Count >= AddressesMax)
        {
            foreach ((IPAddress address, Entry old) in _entries)
            {
                double seconds = (now - old.SeenNanoseconds) / NanosecondsPerSecond;
                if (old.Pending == 0 && old.Tokens + (_perSecond * seconds) >= 2 * _perSecond)
                {
                    _entries.Remove(address);
                }
            }
        }

        if (_entries.Count >= AddressesMax)
        {
            return null;
        }

        var entry = new Entry { Tokens = 2 * _perSecond, SeenNanoseconds = now };
        _entries.Add(network, entry);
        return entry;
    }

    private sealed class Entry
    {
        public double Tokens { get; set; }

        public long SeenNanoseconds { get; set; }

        public int Pending { get; set; }
    }
}
