using System.Text;
using HilRig.Core.RealTime.Kit;

namespace HilRig.Core.RealTime;

/// <summary>
/// Prepares the calling thread and its process for a real-time loop in one call, and says what it
/// got, what it did not, and how to get that. Nothing here fails: a machine that refuses degrades,
/// visibly.
/// </summary>
/// <remarks>
/// Scheduling is set for the one thread (tid 0): if the whole process ran as SCHED_FIFO, so would
/// the collector. Call it on the thread that runs the loop, and dispose it there. Order matters:
/// code is compiled and the heap touched before the memory is locked, the no-GC region begins after
/// the last large allocation, and the priority comes last.
/// </remarks>
public sealed class RealTimeKit : IDisposable
{
    private readonly RealTimeGrant[] _grants;
    private readonly QuietCollector _collector = new();
    private readonly ProcessorLatency _latency = new();
    private readonly ThreadScheduling _scheduling = new();
    private LoopDisturbance _before;

    private RealTimeKit(RealTimeOptions options)
    {
        var grants = new List<RealTimeGrant>();
        if (options.CompiledAssemblies.Count > 0 || options.WarmUp is not null)
        {
            grants.Add(LoopCode.Compile(options));
        }

        if (options.LowLatencyCollector)
        {
            grants.Add(_collector.AvoidFullCollections());
        }

        if (options.PrefaultHeapBytes > 0)
        {
            grants.Add(ProcessMemory.TouchHeap(options.PrefaultHeapBytes));
        }

        if (options.PrefaultStackBytes > 0)
        {
            grants.Add(ProcessMemory.TouchStack(options.PrefaultStackBytes));
        }

        if (options.MemoryLocking != MemoryLocking.None)
        {
            grants.Add(ProcessMemory.Lock(options.MemoryLocking));
        }

        if (options.HoldProcessorLatency)
        {
            grants.Add(_latency.Hold());
        }

        if (options.NoCollectionBytes > 0)
        {
            grants.Add(_collector.StartRegion(options.NoCollectionBytes));
        }

        if (options.Processors.Count > 0)
        {
            grants.Add(_scheduling.Pin(options.Processors));
        }

        if (options.FifoPriority > 0)
        {
            grants.Add(_scheduling.Schedule(options.FifoPriority));
        }

        _grants = [.. grants];
        _before = LoopDisturbance.Read();
    }

    /// <summary>What was asked for, and whether it was granted.</summary>
    public IReadOnlyList<RealTimeGrant> Grants => _grants;

    /// <summary>
    /// What happened to the calling thread and its process since the kit was entered, or since the
    /// last <see cref="Begin"/>. Allocates nothing.
    /// </summary>
    public LoopDisturbance Disturbance => LoopDisturbance.Read().Since(_before);

    /// <summary>Whether everything that was asked for was granted.</summary>
    public bool IsComplete
    {
        get
        {
            foreach (RealTimeGrant grant in _grants)
            {
                if (!grant.Granted)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>Applies <paramref name="options"/> to the calling thread and its process.</summary>
    /// <param name="options">What is wanted.</param>
    public static RealTimeKit Enter(RealTimeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new RealTimeKit(options);
    }

    /// <summary>How a user gets a feature that a machine refuses.</summary>
    /// <param name="feature">The feature.</param>
    /// <returns>The command to run or the lines to add; null where nothing helps.</returns>
    public static string? RemedyOf(RealTimeFeature feature) => feature switch
    {
        RealTimeFeature.FifoScheduling => RealTimeRemedies.Priority,
        RealTimeFeature.ProcessPriority => RealTimeRemedies.Nice,
        RealTimeFeature.LockedMemory => RealTimeRemedies.LockedMemory,
        RealTimeFeature.ProcessorLatency => RealTimeRemedies.ProcessorLatency,
        RealTimeFeature.CompiledCode => RealTimeRemedies.Compilation,
        RealTimeFeature.Affinity
            or RealTimeFeature.PrefaultedStack
            or RealTimeFeature.PrefaultedHeap
            or RealTimeFeature.LowLatencyCollector
            or RealTimeFeature.NoCollectionRegion
            or RealTimeFeature.UndisturbedLoop => null,
    };

    /// <summary>
    /// The loop starts now: what came before is not counted. Call it on the loop's thread.
    /// </summary>
    public void Begin() => _before = LoopDisturbance.Read();

    /// <summary>
    /// The proof at the end: granted when neither a collection, a compilation nor a page from disk
    /// fell into the loop. Call it on the loop's thread. Allocates its text.
    /// </summary>
    public RealTimeGrant Conclude() => Disturbance.Judge();

    /// <summary>The report as one line a feature, for people.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        foreach (RealTimeGrant grant in _grants)
        {
            text.Append(grant.Granted ? "got " : "did not get ")
                .Append(grant.Describe()).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// Lets processors idle again and puts collector, priority and processors back to what they
    /// were. Memory stays locked until the process ends.
    /// </summary>
    public void Dispose()
    {
        _latency.Dispose();
        _collector.Restore();
        _scheduling.Restore();
    }
}
