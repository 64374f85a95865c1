using HilRig.Bridge.Host;
using HilRig.Core.RealTime;
using HilRig.Devices.Agent.RealTime;
using HilRig.Devices.Buses;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.PacketClocked.RealTime;
using HilRig.Harness.Running;
using HilRig.Recording.Ticks;
using HilRig.Sim;

namespace HilRig.Rig.Processes;

/// <summary>What the loops ask of the machine.</summary>
internal static class LoopOptions
{
    // Of a heap of at most 64 MiB; after the first turns the agent allocates next to nothing.
    private const long AgentBudgetBytes = 8 * 1024 * 1024;

    /// <summary>
    /// The agent: its loop's code is compiled in advance and nothing is collected while its process
    /// stays within a small budget.
    /// </summary>
    public static RealTimeOptions Agent { get; } = new()
    {
        LowLatencyCollector = false,
        NoCollectionBytes = AgentBudgetBytes,

        // Not the bridge's: it compiles its own part, and looking through it would load NetMQ.
        CompiledAssemblies = [typeof(RealTimeKit).Assembly, typeof(AgentLoop).Assembly],
        CompiledNamespaces =
        [
            "HilRig.Core.Errors", "HilRig.Core.Joints", "HilRig.Core.Sessions", "HilRig.Core.Time",
            "HilRig.Devices.Agent", "HilRig.Devices.Buses", "HilRig.Devices.Protocols",
            "HilRig.Devices.Registers", "HilRig.Devices.Transports.Posix",
        ],
        WarmUp = CallGenericCode,
    };

    /// <summary>
    /// The guardian: below the agent, so that its looks never delay the agent, and above everything
    /// that only serves a loop.
    /// </summary>
    public static RealTimeOptions Guardian { get; } = new()
    {
        FifoPriority = 65,
        HoldProcessorLatency = false,
        LowLatencyCollector = false,
    };

    /// <summary>
    /// The host: its recorder and reports allocate, so no region would last; the concurrent
    /// collector is asked to avoid blocking collections, and the end says how many there were.
    /// </summary>
    public static RealTimeOptions Host { get; } = new()
    {
        CompiledAssemblies =
        [
            typeof(RealTimeKit).Assembly, typeof(RemotePlant).Assembly,
            typeof(ScenarioRunner).Assembly, typeof(Simulation).Assembly,
            typeof(McapTelemetrySink).Assembly,
            typeof(PacketPlant).Assembly,
        ],
        CompiledNamespaces =
        [
            "HilRig.Core.Errors", "HilRig.Core.Joints", "HilRig.Core.Telemetry", "HilRig.Core.Time",
            "HilRig.Bridge.Host", "HilRig.Bridge.SharedMemory", "HilRig.Harness.Controllers",
            "HilRig.Harness.Policies", "HilRig.Recording.Ticks",
            "HilRig.Devices.PacketClocked",
        ],
    };

    // Generic code of the framework is compiled for our types when it is first called.
    private static void CallGenericCode()
    {
        bool[] flags = new bool[2];
        Array.Fill(flags, true);
        _ = Array.IndexOf(flags, false);
        _ = new int[flags.Length].AsSpan().Contains(flags.Length);
        new ServoReply[2].AsSpan()
            .Fill(new ServoReply(BusStatus.Timeout, ServoErrors.None, false, 0));
    }
}
