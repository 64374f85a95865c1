namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// The stream of states to one peer. The bridge is always read; a peer that is not quick enough
/// gets the newest states and not the old ones.
/// </summary>
internal sealed class StatePassage
{
    private readonly GateConnection _connection;
    private readonly PeerLane _peer;
    private readonly BridgePeer _bridge;
    private readonly Subscriptions _subscriptions = new();
    private readonly StateQueue _queue = new();

    /// <summary>Joins a peer and the bridge, which both have shaken hands.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="peer">The peer.</param>
    /// <param name="bridge">The bridge.</param>
    public StatePassage(GateConnection connection, PeerLane peer, BridgePeer bridge)
    {
        _connection = connection;
        _peer = peer;
        _bridge = bridge;
    }

    /// <summary>Passes states until one side ends.</summary>
    /// <returns>Why it ended.</returns>
    public GateReason Run()
    {
        if (!_bridge.TrySend([1]))
        {
            return GateReason.BridgeLost;
        }

        _connection.StartHelper(Collect);
        _connection.StartHelper(Deliver);
        while (true)
        {
            GateReason reason = _peer.Read();
            if (reason == GateReason.None)
            {
                reason = _subscriptions.Take(_peer.IsCommand, _peer.Body);
            }

            if (reason != GateReason.None)
            {
                return reason;
            }
        }
    }

    private GateReason Collect()
    {
        while (_bridge.TryRead())
        {
            if (_subscriptions.Match(_bridge.Message) && _queue.Put(_bridge.Message))
            {
                Interlocked.Increment(ref _connection.House.Tally.StatesSuperseded);
            }
        }

        _queue.Close();
        return GateReason.BridgeLost;
    }

    private GateReason Deliver()
    {
        byte[] buffer = [];
        int length;
        while ((length = _queue.Take(ref buffer)) >= 0)
        {
            _peer.Writer.WriteMessage(buffer.AsSpan(0, length));
        }

        return GateReason.BridgeLost;
    }
}
