using HilRig.Bridge.Security.Keys;

namespace HilRig.Bridge.Security.Gate;

/// <summary>Connections of a gate, and how many each key has. Any thread.</summary>
internal sealed class GateTable
{
    private readonly Lock _lock = new();
    private readonly HashSet<GateConnection> _connections = [];
    private readonly Dictionary<KeyFingerprint, int> _admitted = [];
    private readonly SecureGateOptions _options;
    private int _open;

    /// <summary>Makes an empty table.</summary>
    /// <param name="options">The gate's options.</param>
    public GateTable(SecureGateOptions options)
    {
        _options = options;
    }

    /// <summary>Connections that have proved a key.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>All connections now, as a copy.</summary>
    public GateConnection[] All
    {
        get
        {
            lock (_lock)
            {
                return [.. _connections];
            }
        }
    }

    /// <summary>Adds a connection that has proved nothing yet.</summary>
    /// <param name="connection">The connection.</param>
    public void Add(GateConnection connection)
    {
        lock (_lock)
        {
            _connections.Add(connection);
        }
    }

    /// <summary>Admits a connection that has proved its key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>None, ConnectionCap or KeyCap.</returns>
    public GateReason Admit(KeyFingerprint key)
    {
        lock (_lock)
        {
            int ofKey = _admitted.GetValueOrDefault(key);
            if (_open >= _options.ConnectionsMax)
            {
                return GateReason.ConnectionCap;
            }

            if (ofKey >= _options.ConnectionsPerKeyMax)
            {
                return GateReason.KeyCap;
            }

            _admitted[key] = ofKey + 1;
            _open++;
            return GateReason.None;
        }
    }

    /// <summary>Forgets a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="admitted">The key it was admitted with; null if it was not.</param>
    public void Remove(GateConnection connection, KeyFingerprint? admitted)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
            if (admitted is not null)
            {
                _open--;
                if (--_admitted[admitted] == 0)
                {
                    _admitted.Remove(admitted);
                }
            }
        }
    }
}
