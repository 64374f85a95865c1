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

    /// <summary>Whether the collector avoids blocking full collections. Default true.</summary>
    public bool LowLatencyCollector { get; init; } = true;
}
