using System.Collections.Concurrent;
using System.Net;
using HilRig.Bridge.Clocks;
using HilRig.Bridge.Host;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Security.Keys;
using HilRig.Bridge.Security.Tunnel;
using HilRig.Bridge.Tests.Security.Keys;

namespace HilRig.Bridge.Tests.Security.Gate;

/// <summary>An agent behind a real gate, with one key of each role.</summary>
internal sealed class GuardedRig : IDisposable
{
    private readonly Uri _bridge;

    public GuardedRig(
        Func<SecureGateOptions, SecureGateOptions>? change = null)
    {
        Agent = new LoopbackAgent(Lane.ZeroMq);
        _bridge = new Uri(Agent.Endpoint);
        Server = Keys.Make("rig");
        Observer = Keys.Make("observer");
        Commander = Keys.Make("commander");
        Admin = Keys.Make("admin");
        Keys.Allow(Observer, KeyRole.Observe);
        Keys.Allow(Commander, KeyRole.Command);
        Keys.Allow(Admin, KeyRole.Admin);
        var options = new SecureGateOptions
        {
            Listen = new IPEndPoint(IPAddress.Any, 0),
            BridgePort = _bridge.Port,
            Key = Server,
            AllowedKeysPath = Keys.Store.AllowedKeysPath,
            Clock = new StreamClockResponder(),
            Log = Lines.Enqueue,
        };
        Gate = SecureGate.Open(change is null ? options : change(options));
    }

    public TemporaryKeys Keys { get; } = new();

    public LoopbackAgent Agent { get; }

    public SecureGate Gate { get; }

    public RigKey Server { get; }

    public RigKey Observer { get; }

    public RigKey Commander { get; }

    public RigKey Admin { get; }

    /// <summary>What the gate logged.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    public int Port => Gate.Endpoint.Port;

    public long Count(GateReason reason) => Gate.Counters.Of(reason);

    public void AwaitCount(GateReason reason, long count, CancellationToken cancel) =>
        Eventually.Holds(() => Count(reason) >= count, cancel);

    public SecureTunnel Tunnel(RigKey key, int? port = null) =>
        SecureTunnel.Open(new SecureTunnelOptions
        {
            Host = "127.0.0.1",
            Port = port ?? Port,
            Key = key,
            Server = Server.Fingerprint,
        });

    /// <summary>A peer with a session of its own arms, drives and leaves: all is well.</summary>
    public void RequireHealth(CancellationToken cancel)
    {
        using SecureTunnel tunnel = Tunnel(Commander);
        using RemotePlant plant = RemotePlant.Connect(Rigs.Host(tunnel.Endpoint));
        var drive = new Drive(plant);
        for (int i = 1; i <= 20; i++)
        {
            double goal = i / 20.0;
            Assert.That(drive.Exchange(goal, cancel).Position[0], Is.EqualTo(goal));
        }
    }

    public void Dispose()
    {
        Gate.Dispose();
        Agent.Dispose();
        Server.Dispose();
        Observer.Dispose();
        Commander.Dispose();
        Admin.Dispose();
        Keys.Dispose();
    }
}
