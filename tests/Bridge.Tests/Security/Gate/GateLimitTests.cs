using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Google.Protobuf;
using HilRig.Bridge.Host;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Security.Keys;
using HilRig.Bridge.Security.Tunnel;
using HilRig.Bridge.Security.Zmtp;
using HilRig.Bridge.Tests.Security.Keys;

namespace HilRig.Bridge.Tests.Security.Gate;

/// <summary>How much of anything the gate takes.</summary>
[CancelAfter(240_000)]
public sealed class GateLimitTests
{
    [Test]
    public void Three_hundred_silent_connections_are_closed_and_hinder_nobody(
        CancellationToken cancel)
    {
        using var rig = new GuardedRig();
        var silent = new List<Socket>();
        for (int i = 0; i < 300; i++)
        {
            silent.Add(TlsPeer.Dial(rig.Port));
        }

        rig.RequireHealth(cancel);
        Eventually.Holds(() => rig.Count(GateReason.AcceptRate)
            + rig.Count(GateReason.PendingCap) + rig.Count(GateReason.HandshakeTimeout) == 300,
            cancel);
        Assert.That(rig.Gate.Counters.Pending, Is.Zero);
        Assert.That(rig.Count(GateReason.HandshakeTimeout), Is.InRange(1, 60), "most get nowhere");
        Assert.That(rig.Lines, Has.Count.LessThan(60), "the log does not flood");
        silent.ForEach(peer => peer.Dispose());
    }

    [Test]
    public void One_key_has_so_many_connections_and_all_keys_so_many(CancellationToken cancel)
    {
        using var rig = new GuardedRig(options => options with
        {
            ConnectionsPerKeyMax = 2,
            ConnectionsMax = 3,
        });
        using TlsPeer first = TlsPeer.Joined(rig, rig.Observer);
        using TlsPeer second = TlsPeer.Joined(rig, rig.Observer);
        using (var third = new TlsPeer(rig.Port, rig.Observer, TlsPolicy.Control))
        {
            third.AwaitEnd();
        }

        rig.AwaitCount(GateReason.KeyCap, 1, cancel);
        using TlsPeer other = TlsPeer.Joined(rig, rig.Admin);
        using (var fourth = new TlsPeer(rig.Port, rig.Commander, TlsPolicy.Control))
        {
            fourth.AwaitEnd();
        }

        rig.AwaitCount(GateReason.ConnectionCap, 1, cancel);
        first.Dispose();
        second.Dispose();
        other.Dispose();
        Eventually.Holds(() => rig.Gate.Counters.Open == 0, cancel);
        using TlsPeer again = TlsPeer.Joined(rig, rig.Observer);
    }

    [Test]
    public void A_peer_that_floods_or_falls_silent_is_closed(CancellationToken cancel)
    {
        using (var strict = new GuardedRig(options => options with
        {
            IdleTimeout = TimeSpan.FromMilliseconds(300),
        }))
        {
            using var silent = new TlsPeer(strict.Port, strict.Observer, TlsPolicy.Control);
            silent.Stream.Write(ZmtpGreeting.Ours());
            silent.Stream.Write(TlsPeer.Frame(4, ZmtpCommand.Ready("DEALER")));
            silent.AwaitEnd();
            strict.AwaitCount(GateReason.Idle, 1, cancel);
        }

        using var rig = new GuardedRig(options => options with { FramesPerSecondMax = 50 });
        using (TlsPeer flood = TlsPeer.Joined(rig, rig.Observer))
        {
            Welcome session = flood.Join(Role.Observer);
            var heartbeat = new Request
            {
                SessionId = session.SessionId,
                Kind = RequestKind.Heartbeat,
            };
            byte[] frame = TlsPeer.Frame(
                0, [(byte)MessageKind.Request, .. heartbeat.ToByteArray()]);
            flood.Stream.Write([.. Enumerable.Repeat(frame, 100).SelectMany(bytes => bytes)]);
            flood.AwaitEnd();
        }

        rig.AwaitCount(GateReason.FrameRate, 1, cancel);
    }

    [Test]
    public void A_slow_reader_gets_new_states_and_holds_nothing(CancellationToken cancel)
    {
        using var rig = new GuardedRig(
            options => options with { StallTimeout = TimeSpan.FromSeconds(30) });
        using TlsPeer slow = TlsPeer.Joined(rig, rig.Observer, "SUB");
        slow.Stream.Write(TlsPeer.Frame(0, [1]));
        slow.Receive();
        using SecureTunnel tunnel = rig.Tunnel(rig.Commander);
        using RemotePlant plant = RemotePlant.Connect(Rigs.Host(tunnel.Endpoint));
        var drive = new Drive(plant);
        long before = rig.Gate.Counters.StatesSuperseded;
        long newest = 0;
        while (rig.Gate.Counters.StatesSuperseded - before < 1000)
        {
            newest = drive.Exchange(0.5, cancel).Sequence;
        }

        long superseded = rig.Gate.Counters.StatesSuperseded - before;
        int old = 0;
        long sequence = 0;
        while (sequence < newest)
        {
            (_, byte[] payload) = slow.Receive();
            sequence = State.Parser.ParseFrom(payload).Sequence;
            old++;
        }

        TestContext.Out.WriteLine($"{superseded} states dropped, {old} old ones read after it");
        Assert.That(old, Is.LessThan(250), "what the kernel's buffers hold, and no more");
    }

    [Test]
    public void A_reader_that_never_reads_again_is_closed(CancellationToken cancel)
    {
        using var rig = new GuardedRig(options => options with
        {
            StallTimeout = TimeSpan.FromMilliseconds(300),
        });
        using TlsPeer slow = TlsPeer.Joined(rig, rig.Observer, "SUB");
        slow.Stream.Write(TlsPeer.Frame(0, [1]));
        using SecureTunnel tunnel = rig.Tunnel(rig.Commander);
        using RemotePlant plant = RemotePlant.Connect(Rigs.Host(tunnel.Endpoint));
        var drive = new Drive(plant);
        while (rig.Count(GateReason.SlowReader) == 0)
        {
            drive.Exchange(0.5, cancel);
        }
    }

    [Test]
    public void A_gate_without_keys_does_not_open()
    {
        using var keys = new TemporaryKeys();
        using RigKey server = keys.Make("rig");
        var options = new SecureGateOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            BridgePort = 1,
            Key = server,
            AllowedKeysPath = keys.Store.AllowedKeysPath,
        };
        Assert.Throws<KeyException>(() => SecureGate.Open(options), "no list");
        AllowedKeys.Nobody.Save(keys.Store.AllowedKeysPath);
        Assert.Throws<KeyException>(() => SecureGate.Open(options), "nobody on it");
    }

    [Test]
    public void Plain_ZeroMQ_listens_on_the_loopback_address_only()
    {
        using var agent = new LoopbackAgent(Lane.ZeroMq);
        int port = new Uri(agent.Endpoint).Port;
        IPEndPoint[] ends = [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(end => end.Port == port || end.Port == port + 1)];
        Assert.That(ends, Has.Length.EqualTo(2));
        Assert.That(ends.Select(end => end.Address), Is.All.EqualTo(IPAddress.Loopback));
    }

    [Test]
    public void A_bridge_that_is_gone_closes_the_peer(CancellationToken cancel)
    {
        using var rig = new GuardedRig();
        using TlsPeer peer = TlsPeer.Joined(rig, rig.Commander);
        peer.Join(Role.Observer);
        rig.Agent.Dispose();
        peer.AwaitEnd();
        rig.AwaitCount(GateReason.BridgeLost, 1, cancel);
    }
}
