using System.Globalization;
using HilRig.Bridge.Host;
using HilRig.Bridge.Remote;
using HilRig.Bridge.SharedMemory;
using HilRig.Core.RealTime;

namespace HilRig.Cli.Bench;

/// <summary>The roles this program takes as another process of the bridge bench.</summary>
internal static class BridgePeers
{
    /// <summary>The agent; ends when standard input closes.</summary>
    public static void BeEcho(bool spins, int priority)
    {
        using var echo = new BridgeEcho(
            RigClock.Create(), spins ? LaneWaiting.Spinning : LaneWaiting.Blocking, priority);
        Console.Out.WriteLine(echo.Address);
        while (Console.In.Read() >= 0)
        {
        }
    }

    /// <summary>The remote lane; answers each line with its allocations.</summary>
    public static void BeRemote(string agent)
    {
        using RemoteLane lane = RemoteLane.Open(new RemoteLaneOptions { Agent = agent });
        Console.Out.WriteLine(lane.Endpoint);
        while (Console.In.ReadLine() is not null)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{GC.GetTotalAllocatedBytes(precise: true)} {GC.CollectionCount(0)}"));
        }
    }

    /// <summary>An observer; ends when standard input closes.</summary>
    public static void BeObserver(string agent)
    {
        using AgentObserver observer = AgentObserver.Connect(
            agent, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
        Console.Out.WriteLine("watching");
        while (Console.In.Read() >= 0)
        {
        }
    }

    /// <summary>
    /// A host that commands at 1 kHz, whatever the agent says, until input closes.
    /// </summary>
    public static void BeDriver(string agent)
    {
        using var trips = new BridgeTrips(RigClock.Create(), agent, LaneWaiting.Blocking);
        Console.Out.WriteLine("driving");
        var ended = new ManualResetEventSlim();
        var input = new Thread(() =>
        {
            while (Console.In.Read() >= 0)
            {
            }

            ended.Set();
        })
        {
            IsBackground = true,
        };
        input.Start();
        trips.Drive(() => !ended.IsSet);
        Console.Out.WriteLine(trips.Plant.Counters.CommandsSent);
    }
}
