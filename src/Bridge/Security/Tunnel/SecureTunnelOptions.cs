using HilRig.Bridge.Security.Keys;

namespace HilRig.Bridge.Security.Tunnel;

/// <summary>Which gate a tunnel leads to, and as whom.</summary>
public sealed record SecureTunnelOptions
{
    /// <summary>Host name or address of the gate.</summary>
    public required string Host { get; init; }

    /// <summary>Port of the gate.</summary>
    public required int Port { get; init; }

    /// <summary>Our key; the gate must allow it.</summary>
    public required RigKey Key { get; init; }

    /// <summary>Whether the tunnel disposes the key; by default its caller does.</summary>
    public bool OwnsKey { get; init; }

    /// <summary>The gate's key; any other one is refused.</summary>
    public required KeyFingerprint Server { get; init; }

    /// <summary>
    /// Port of control on 127.0.0.1; states are at the next one. 0 (the default) takes a free pair.
    /// </summary>
    public int LocalPort { get; init; }

    /// <summary>Time for TCP and TLS together. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Most local connections at a time. Default 16.</summary>
    public int ConnectionsMax { get; init; } = 16;

    /// <summary>Receives a line when a connection cannot be made; any thread.</summary>
    public Action<string>? Log { get; init; }
}
