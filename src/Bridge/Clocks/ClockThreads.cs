using HilRig.Core.RealTime;

namespace HilRig.Bridge.Clocks;

/// <summary>
/// Real time for the threads of the clock service: below the loops, above everything else, because
/// each microsecond they wait for a processor is a microsecond of uncertainty.
/// </summary>
internal static class ClockThreads
{
    private const int Priority = 60;

    /// <summary>Enters it on the calling thread, as far as permitted; dispose it there.</summary>
    public static RealTimeKit Enter() => RealTimeKit.Enter(new RealTimeOptions
    {
        FifoPriority = Priority,
        MemoryLocking = MemoryLocking.None,
        HoldProcessorLatency = false,
        PrefaultStackBytes = 0,
        LowLatencyCollector = false,
    });
}
