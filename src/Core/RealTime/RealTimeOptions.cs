using System.Reflection;

namespace HilRig.Core.RealTime;

/// <summary>What a thread asks of the machine before it runs a loop.</summary>
public sealed record RealTimeOptions
{
    /// <summary>
    /// SCHED_FIFO priority of the calling thread, 1 to 99; 0 leaves it as it is. Default 70.
    /// </summary>
    public int FifoPriority { get; init; } = 70;

    /// <summary>
    /// Processors the calling thread may run on; empty leaves it free. Default empty.
    /// </summary>
    public IReadOnlyList<int> Processors { get; init; } = [];

    /// <summary>How the process's memory is kept from being paged out. Default on touch.</summary>
    public MemoryLocking MemoryLocking { get; init; } = MemoryLocking.OnTouch;

    /// <summary>
    /// Whether /dev/cpu_dma_latency is held at 0, so that processors do not fall into deep idle
    /// states, for as long as the kit lives. Default true.
    /// </summary>
    public bool HoldProcessorLatency { get; init; } = true;

    /// <summary>
    /// Stack of the calling thread to touch in advance, bytes, at most 512 KiB. Default 128 KiB.
    /// </summary>
    public int PrefaultStackBytes { get; init; } = 128 * 1024;

    /// <summary>
    /// Heap to touch in advance, bytes, at most 256 MiB; 0 for none. Default 1 MiB.
    /// </summary>
    public int PrefaultHeapBytes { get; init; } = 1024 * 1024;

    /// <summary>Whether the collector avoids blocking full collections. Default true.</summary>
    public bool LowLatencyCollector { get; init; } = true;

    /// <summary>
    /// Bytes that the whole process may allocate before the first collection (a no-GC region);
    /// 0 for no region. Worth having only where little is allocated: when the budget is used up the
    /// region ends, and <see cref="RealTimeKit.Conclude"/> says so. Default 0.
    /// </summary>
    public long NoCollectionBytes { get; init; }

    /// <summary>
    /// Assemblies whose RealTime and Kernels namespaces are compiled in advance. Default none.
    /// </summary>
    public IReadOnlyList<Assembly> CompiledAssemblies { get; init; } = [];

    /// <summary>
    /// More namespaces of those assemblies to compile, each with everything below it. Default none.
    /// </summary>
    public IReadOnlyList<string> CompiledNamespaces { get; init; } = [];

    /// <summary>
    /// Runs the loop's code once without effect, such as against a plant that echoes; repeated
    /// until a round compiles nothing new. Default null.
    /// </summary>
    public Action? WarmUp { get; init; }

    /// <summary>Nothing at all; for callers that want a single feature.</summary>
    public static RealTimeOptions None { get; } = new()
    {
        FifoPriority = 0,
        MemoryLocking = MemoryLocking.None,
        HoldProcessorLatency = false,
        PrefaultStackBytes = 0,
        PrefaultHeapBytes = 0,
        LowLatencyCollector = false,
    };
}
