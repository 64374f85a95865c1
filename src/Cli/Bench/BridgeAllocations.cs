using System.Globalization;
using HilRig.Core.Sessions;

namespace HilRig.Cli.Bench;

/// <summary>Counts what round trips allocate, in every process that takes part.</summary>
internal static class BridgeAllocations
{
    /// <summary>Measures.</summary>
    /// <param name="trips">The host.</param>
    /// <param name="remote">The process of the remote lane; null on the other lane.</param>
    /// <param name="cycles">Round trips.</param>
    /// <param name="taken">Scratch.</param>
    public static BridgeAllocation Measure(
        BridgeTrips trips, BenchPeer? remote, int cycles, long[] taken)
    {
        (long Bytes, long Collections)? remoteBefore = Ask(remote);
        AgentReport agentBefore = trips.Plant.Report;
        int collectionsBefore = GC.CollectionCount(0);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        trips.Run(cycles, 0, taken);
        long after = GC.GetTotalAllocatedBytes(precise: true);
        int collections = GC.CollectionCount(0) - collectionsBefore;
        AgentReport agent = trips.Plant.Report;
        (long Bytes, long Collections)? remoteAfter = Ask(remote);
        return new BridgeAllocation(
            cycles,
            agent.AllocatedBytes - agentBefore.AllocatedBytes,
            agent.BusErrorCount - agentBefore.BusErrorCount,
            after - before,
            collections,
            remoteAfter?.Bytes - remoteBefore?.Bytes,
            remoteAfter?.Collections - remoteBefore?.Collections);
    }

    private static (long Bytes, long Collections)? Ask(BenchPeer? remote)
    {
        if (remote is null)
        {
            return null;
        }

        string[] parts = remote.Ask("").Split(' ');
        return (
            long.Parse(parts[0], CultureInfo.InvariantCulture),
            long.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
