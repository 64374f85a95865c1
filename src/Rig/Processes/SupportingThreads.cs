using HilRig.Core.RealTime;

namespace HilRig.Rig.Processes;

/// <summary>
/// Priority of the threads that serve a loop without being it: sockets, recorder, guardian. They
/// run as SCHED_FIFO at the lowest priority, so that ordinary programs cannot starve them (a nice
/// value does not help where the kernel groups processes by session), and below both loops and the
/// servos. Threads started inside the scope inherit it.
/// </summary>
internal static class SupportingThreads
{
    private const int Priority = 1;

    /// <summary>Whether this process may use real-time priorities; known after Enter.</summary>
    public static bool IsRealTime { get; private set; }

    /// <summary>
    /// Enters the scope on the calling thread; dispose it there. Without permission nothing
    /// changes. Must come before the first socket: completions then run on the thread that polls,
    /// not in the thread pool, whose threads inherit nothing.
    /// </summary>
    public static IDisposable Enter()
    {
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        ProcessPriority.Raise();
        RealTimeKit kit = RealTimeKit.Enter(new RealTimeOptions
        {
            FifoPriority = Priority,
            MemoryLocking = MemoryLocking.None,
            HoldProcessorLatency = false,
            PrefaultStackBytes = 0,
            LowLatencyCollector = false,
        });
        IsRealTime = kit.Grants.Any(
            grant => grant is { Feature: RealTimeFeature.FifoScheduling, Granted: true });
        return kit;
    }
}
