using System.Globalization;
using System.Net;
using HilRig.Bridge.Security.Keys;
using HilRig.Bridge.Security.Tunnel;
using HilRig.Bridge.SharedMemory;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Cli.Bench.Gate;

/// <summary>
/// What the gate costs: round trips over the ZeroMQ lane through tunnel, TLS and gate, beside the
/// same without, each with an agent and a bridge of its own; they take turns of a second.
/// </summary>
internal sealed class GateBench
{
    private const double NanosecondsPerSecond = 1e9;
    private const int TripsPerTurn = 1000;
    private readonly IRigClock _clock = RigClock.Create();
    private readonly GateBenchOptions _options;
    private readonly long[] _taken = new long[TripsPerTurn];

    private GateBench(GateBenchOptions options) => _options = options;

    /// <summary>Measures.</summary>
    /// <param name="options">How long, at which priority.</param>
    public static BridgeBenchResult Measure(GateBenchOptions options)
    {
        var bench = new GateBench(options);
        BridgeBenchResult? result = null;
        var thread = new Thread(() => result = bench.Run()) { Name = "bench-host" };
        thread.Start();
        thread.Join();
        return result!;
    }

    private BridgeBenchResult Run()
    {
        string folder = Directory.CreateTempSubdirectory("hilrig-bench-").FullName;
        try
        {
            using RigKey server = MakeKey(folder, GatePeer.ServerKey);
            using RigKey client = MakeKey(folder, "client");
            AllowedKeys.Nobody
                .With(new AllowedKey(KeyRole.Admin, client.Fingerprint, client.Name))
                .Save(new KeyStore(folder).AllowedKeysPath);
            return Compare(folder, server, client);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private BridgeBenchResult Compare(string folder, RigKey server, RigKey client)
    {
        string priority = _options.Priority.ToString(CultureInfo.InvariantCulture);
        string[] echo = ["bench", "bridge", "--echo", "--priority", priority];
        using BenchPeer plainAgent = BenchPeer.StartSelf(echo);
        using BenchPeer plainLane = BenchPeer.StartSelf(
            "bench", "bridge", "--remote", plainAgent.FirstLine, "--priority", priority);
        using BenchPeer agent = BenchPeer.StartSelf(echo);
        using BenchPeer lane = BenchPeer.StartSelf(
            "bench", "gate", "--remote", agent.FirstLine, "--keys", folder,
            "--priority", priority);
        using SecureTunnel tunnel = SecureTunnel.Open(new SecureTunnelOptions
        {
            Host = IPAddress.Loopback.ToString(),
            Port = int.Parse(lane.FirstLine, CultureInfo.InvariantCulture),
            Key = client,
            Server = server.Fingerprint,
        });
        using var plain = new BridgeTrips(_clock, plainLane.FirstLine, LaneWaiting.Blocking);
        using var gated = new BridgeTrips(_clock, tunnel.Endpoint, LaneWaiting.Blocking);
        using RealTimeKit kit = RealTimeKit.Enter(BridgeBench.Loop(_options.Priority));
        return TakeTurns(gated, plain, kit.IsComplete);
    }

    private BridgeBenchResult TakeTurns(BridgeTrips gated, BridgeTrips plain, bool granted)
    {
        List<long>[] paced = [[], []];
        List<long>[] closed = [[], []];
        BridgeTrips[] trips = [gated, plain];
        long period = (long)(NanosecondsPerSecond / _options.RateHertz);
        foreach (BridgeTrips each in trips)
        {
            each.Run(TripsPerTurn, 0, _taken);
        }

        for (int turn = 0; turn < _options.Seconds; turn++)
        {
            for (int i = 0; i < trips.Length; i++)
            {
                int answered = trips[i].Run(TripsPerTurn, period, _taken);
                paced[i].AddRange(_taken.AsSpan(0, answered));
                answered = trips[i].Run(TripsPerTurn, 0, _taken);
                closed[i].AddRange(_taken.AsSpan(0, answered));
            }
        }

        return new BridgeBenchResult(
            "zmq through the gate, 'plain' without it",
            "blocking",
            _options.RateHertz,
            _options.Priority,
            granted,
            Rows(paced),
            Rows(closed),
            gated.Unanswered + plain.Unanswered,
            null);
    }

    private static Dictionary<string, RoundTripLatency> Rows(List<long>[] taken) => new()
    {
        ["bridge"] = RoundTripLatency.Of(taken[0]),
        ["plain"] = RoundTripLatency.Of(taken[1]),
    };

    private static RigKey MakeKey(string folder, string name)
    {
        RigKey key = RigKey.Create(name);
        new KeyStore(folder).Add(key);
        return key;
    }
}
