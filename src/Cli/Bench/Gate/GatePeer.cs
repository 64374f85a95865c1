using System.Globalization;
using System.Net;
using HilRig.Bridge.Remote;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Security.Keys;

namespace HilRig.Cli.Bench.Gate;

/// <summary>The bridge with a gate, as another process of the gate bench.</summary>
internal static class GatePeer
{
    /// <summary>Name of the gate's key.</summary>
    public const string ServerKey = "server";

    /// <summary>Says its port, then serves until standard input closes.</summary>
    /// <param name="agent">The agent's address.</param>
    /// <param name="folder">Folder of keys.</param>
    public static void Serve(string agent, string folder)
    {
        var store = new KeyStore(folder);
        using RigKey key = store.Load(ServerKey);
        using RemoteLane lane = RemoteLane.Open(new RemoteLaneOptions { Agent = agent });
        using SecureGate gate = SecureGate.Open(new SecureGateOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            BridgePort = new Uri(lane.Endpoint).Port,
            Key = key,
            AllowedKeysPath = store.AllowedKeysPath,
            FramesPerSecondMax = 1_000_000,
        });
        Console.Out.WriteLine(gate.Endpoint.Port.ToString(CultureInfo.InvariantCulture));
        while (Console.In.Read() >= 0)
        {
        }
    }
}
