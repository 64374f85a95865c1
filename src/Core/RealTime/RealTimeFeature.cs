namespace HilRig.Core.RealTime;

/// <summary>One thing a real-time loop wants from the machine.</summary>
public enum RealTimeFeature
{
    /// <summary>SCHED_FIFO for the loop's thread.</summary>
    FifoScheduling,

    /// <summary>A better nice value for the threads that serve the loop.</summary>
    ProcessPriority,

    /// <summary>The loop's thread stays on given processors.</summary>
    Affinity,

    /// <summary>No page of the process is paged out (mlockall).</summary>
    LockedMemory,

    /// <summary>/dev/cpu_dma_latency held at 0.</summary>
    ProcessorLatency,

    /// <summary>The loop's stack has been touched in advance.</summary>
    PrefaultedStack,

    /// <summary>Memory that the heap will grow into has been touched in advance.</summary>
    PrefaultedHeap,

    /// <summary>The collector avoids blocking full collections.</summary>
    LowLatencyCollector,

    /// <summary>No collection at all until a budget of allocated bytes is used up.</summary>
    NoCollectionRegion,

    /// <summary>The loop's code is compiled, once and fully, before its first tick.</summary>
    CompiledCode,

    /// <summary>
    /// Said at the end: neither collection nor compilation fell into the loop.
    /// </summary>
    UndisturbedLoop,
}
