using System.Globalization;
using System.Runtime;

namespace HilRig.Core.RealTime;

/// <summary>
/// What may have held up a loop: counts of the process and of the thread that reads them.
/// </summary>
/// <param name="Collections">Collections of all generations.</param>
/// <param name="CollectionPauseNanoseconds">Time all managed threads stood still, ns.</param>
/// <param name="CompiledMethods">Methods compiled on this thread.</param>
/// <param name="MinorFaults">Pages this thread touched first; -1 where unknown.</param>
/// <param name="MajorFaults">Pages this thread waited for the disk for; -1 where unknown.</param>
/// <param name="Preemptions">
/// Times this thread was taken off a processor while it could run; -1 where unknown.
/// </param>
/// <param name="AllocatedBytes">Managed bytes that the whole process allocated.</param>
public readonly record struct LoopDisturbance(
    int Collections,
    long CollectionPauseNanoseconds,
    long CompiledMethods,
    long MinorFaults,
    long MajorFaults,
    long Preemptions,
    long AllocatedBytes)
{
    private const int ResourceUsageWords = 18;
    private const int MinorFaultWord = 8;
    private const int MajorFaultWord = 9;
    private const int PreemptionWord = 17;

    /// <summary>The counts now, on the calling thread. Allocates nothing.</summary>
    public static unsafe LoopDisturbance Read()
    {
        // struct rusage is 18 words on 64-bit Linux (man 2 getrusage).
        long* usage = stackalloc long[ResourceUsageWords];
        bool isKnown = OperatingSystem.IsLinux()
            && LinuxCalls.GetResourceUsage(LinuxCalls.UsageOfThread, usage) == 0;
        // A collection counts in its own generation and in all younger ones: 0 counts them all.
        return new LoopDisturbance(
            GC.CollectionCount(0),
            MonotonicClock.Nanoseconds(GC.GetTotalPauseDuration()),
            JitInfo.GetCompiledMethodCount(currentThread: true),
            isKnown ? usage[MinorFaultWord] : -1,
            isKnown ? usage[MajorFaultWord] : -1,
            isKnown ? usage[PreemptionWord] : -1,
            GC.GetTotalAllocatedBytes());
    }

    /// <summary>
    /// Whether neither a collection, a compilation nor a page from disk is in it.
    /// </summary>
    public bool IsNone => this is { Collections: 0, CompiledMethods: 0, MajorFaults: <= 0 };

    /// <summary>The counts as the last line of a kit's report. Allocates its text.</summary>
    public RealTimeGrant Judge() => new(RealTimeFeature.UndisturbedLoop, IsNone, Describe());

    /// <summary>The counts in one line.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Collections} collections ({CollectionPauseNanoseconds / 1e6:F1} ms), "
        + $"{CompiledMethods} methods compiled, "
        + $"{MinorFaults} minor and {MajorFaults} major page faults, "
        + $"{Preemptions} preemptions, {AllocatedBytes / 1e3:F0} kB allocated by the process");

    /// <summary>The sum with another stretch of time.</summary>
    /// <param name="other">The other stretch.</param>
    public LoopDisturbance Plus(in LoopDisturbance other) => new(
        Collections + other.Collections,
        CollectionPauseNanoseconds + other.CollectionPauseNanoseconds,
        CompiledMethods + other.CompiledMethods,
        MinorFaults < 0 || other.MinorFaults < 0 ? -1 : MinorFaults + other.MinorFaults,
        MajorFaults < 0 || other.MajorFaults < 0 ? -1 : MajorFaults + other.MajorFaults,
        Preemptions < 0 || other.Preemptions < 0 ? -1 : Preemptions + other.Preemptions,
        AllocatedBytes + other.AllocatedBytes);

    /// <summary>The difference to an earlier reading on the same thread.</summary>
    /// <param name="earlier">The earlier reading.</param>
    public LoopDisturbance Since(in LoopDisturbance earlier) => new(
        Collections - earlier.Collections,
        CollectionPauseNanoseconds - earlier.CollectionPauseNanoseconds,
        CompiledMethods - earlier.CompiledMethods,
        MinorFaults < 0 ? -1 : MinorFaults - earlier.MinorFaults,
        MajorFaults < 0 ? -1 : MajorFaults - earlier.MajorFaults,
        Preemptions < 0 ? -1 : Preemptions - earlier.Preemptions,
        AllocatedBytes - earlier.AllocatedBytes);
}
