using System.Net;
using HilRig.Bridge.Clocks;
using HilRig.Bridge.Security.Keys;
using HilRig.Bridge.Wire;

namespace HilRig.Bridge.Security.Gate;

/// <summary>Where a gate listens, for whom, and how much of anything it takes.</summary>
public sealed record SecureGateOptions
{
    /// <summary>Where to listen; port 0 takes a free one.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>
    /// Control port of the bridge behind the gate, on 127.0.0.1; states are at the next one.
    /// </summary>
    public required int BridgePort { get; init; }

    /// <summary>The gate's key, which clients know. The caller disposes it.</summary>
    public required RigKey Key { get; init; }

    /// <summary>Who may connect: file of <see cref="AllowedKeys"/>; watched.</summary>
    public required string AllowedKeysPath { get; init; }

    /// <summary>Answers clock questions; null (the default) refuses that stream.</summary>
    public IClockResponder? Clock { get; init; }

    /// <summary>
    /// Receives a line of JSON for what the gate refuses, at most one a second and reason; any
    /// thread. Default: nothing.
    /// </summary>
    public Action<string>? Log { get; init; }

    /// <summary>Most connections that have proved a key; a client has 2 or 3. Default 32.</summary>
    public int ConnectionsMax { get; init; } = 32;

    /// <summary>Most of them for one key. Default 12.</summary>
    public int ConnectionsPerKeyMax { get; init; } = 12;

    /// <summary>Most connections that have not yet. Default 24.</summary>
    public int PendingMax { get; init; } = 24;

    /// <summary>Most of them from one address. Default 8.</summary>
    public int PendingPerAddressMax { get; init; } = 8;

    /// <summary>
    /// Connections a second that one address may open, after a burst of twice as many; default 20.
    /// An IPv6 address stands for its /64 network.
    /// </summary>
    public int AcceptsPerSecondMax { get; init; } = 20;

    /// <summary>Frames a second of one peer, after a burst of as many. Default 8000.</summary>
    public int FramesPerSecondMax { get; init; } = 8000;

    /// <summary>Time for TLS and ZMTP hand-shakes together, at most 2 s. Default 2 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Silence after which a control or clock stream is closed; states have none, as subscribers
    /// say nothing. Default 10 s.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time after which a peer that reads nothing is closed. Default 5 s.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">Names all faults.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        AddUnless(faults, BridgePort is >= 1 and <= EndpointPair.PortMax, nameof(BridgePort));
        AddUnless(faults, ConnectionsMax is >= 1 and <= 1024, nameof(ConnectionsMax));
        AddUnless(faults, ConnectionsPerKeyMax >= 1, nameof(ConnectionsPerKeyMax));
        AddUnless(faults, PendingMax is >= 1 and <= 1024, nameof(PendingMax));
        AddUnless(faults, PendingPerAddressMax >= 1, nameof(PendingPerAddressMax));
        AddUnless(faults, AcceptsPerSecondMax >= 1, nameof(AcceptsPerSecondMax));
        AddUnless(faults, FramesPerSecondMax >= 1, nameof(FramesPerSecondMax));
        AddUnless(
            faults,
            HandshakeTimeout > TimeSpan.Zero && HandshakeTimeout <= TimeSpan.FromSeconds(2),
            nameof(HandshakeTimeout));
        AddUnless(faults, IdleTimeout > TimeSpan.Zero, nameof(IdleTimeout));
        AddUnless(faults, StallTimeout > TimeSpan.Zero, nameof(StallTimeout));
        if (faults.Count > 0)
        {
            throw new ArgumentException("out of range: " + string.Join(", ", faults));
        }
    }

    private static void AddUnless(List<string> faults, bool holds, string name)
    {
        if (!holds)
        {
            faults.Add(name);
        }
    }
}
