using System.Globalization;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace HilRig.Core.RealTime;

/// <summary>
/// Prepares the calling thread and its process for a real-time loop in one call, and says what it
/// got and what it did not. Nothing here fails: a machine that refuses degrades, visibly.
/// </summary>
/// <remarks>
/// Scheduling is set for the one thread (tid 0): if the whole process ran as SCHED_FIFO, so would
/// the collector. Call it after warm-up, on the thread that runs the loop, and dispose it there.
/// </remarks>
public sealed unsafe class RealTimeKit : IDisposable
{
    private const string LatencyDevice = "/dev/cpu_dma_latency";
    private const int PageBytes = 4096;
    private const int PrefaultStackBytesMax = 512 * 1024;
    private const int AffinityWordCount = 16;
    private readonly RealTimeGrant[] _grants;
    private readonly FileStream? _latencyRequest;
    private readonly bool _hasFifo;

    private RealTimeKit(RealTimeOptions options)
    {
        var grants = new List<RealTimeGrant>();
        if (options.LowLatencyCollector)
        {
            GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
            grants.Add(new(RealTimeFeature.LowLatencyCollector, true, "SustainedLowLatency"));
        }

        if (options.PrefaultStackBytes > 0)
        {
            int bytes = Math.Min(options.PrefaultStackBytes, PrefaultStackBytesMax);
            PrefaultStack(bytes);
            grants.Add(new(
                RealTimeFeature.PrefaultedStack, true, string.Create(
                    CultureInfo.InvariantCulture, $"{bytes / 1024} KiB")));
        }

        if (options.MemoryLocking != MemoryLocking.None)
        {
            grants.Add(LockMemory(options.MemoryLocking));
        }

        if (options.HoldProcessorLatency)
        {
            grants.Add(HoldLatency(out _latencyRequest));
        }

        if (options.Processors.Count > 0)
        {
            grants.Add(Pin(options.Processors));
        }

        if (options.FifoPriority > 0)
        {
            grants.Add(Schedule(options.FifoPriority));
            _hasFifo = grants[^1].Granted;
        }

        _grants = [.. grants];
    }

    /// <summary>What was asked for, and whether it was granted.</summary>
    public IReadOnlyList<RealTimeGrant> Grants => _grants;

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

    /// <summary>The report as one line a feature, for people.</summary>
    public string Describe()
    {
        var text = new StringBuilder();
        foreach (RealTimeGrant grant in _grants)
        {
            text.Append(grant.Granted ? "got " : "did not get ")
                .Append(grant.Feature).Append(": ").Append(grant.Detail).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// Lets processors idle again and takes the calling thread back to ordinary scheduling. Memory
    /// stays locked until the process ends.
    /// </summary>
    public void Dispose()
    {
        _latencyRequest?.Dispose();
        if (_hasFifo)
        {
            int priority = 0;
            _ = LinuxCalls.SetScheduler(0, LinuxCalls.ScheduleOther, &priority);
        }
    }

    private static RealTimeGrant LockMemory(MemoryLocking locking)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Missing(RealTimeFeature.LockedMemory, "this system has no mlockall");
        }

        // Under a finite limit a later mapping would fail, and the runtime with it.
        if (!MemoryLockPermission.IsUnlimited(out string reason))
        {
            return Missing(RealTimeFeature.LockedMemory, reason);
        }

        int flags = LinuxCalls.LockCurrent | LinuxCalls.LockFuture;
        if (locking == MemoryLocking.OnTouch)
        {
            flags |= LinuxCalls.LockOnFault;
        }

        if (LinuxCalls.LockAllMemory(flags) != 0)
        {
            return Failed(
                RealTimeFeature.LockedMemory, "run with CAP_IPC_LOCK or ulimit -l unlimited");
        }

        ResidentMemory memory = ResidentMemory.Read();
        return new(RealTimeFeature.LockedMemory, true, string.Create(
            CultureInfo.InvariantCulture,
            $"{locking}, {memory.ResidentBytes / 1e6:F0} MB resident"));
    }

    private static RealTimeGrant HoldLatency(out FileStream? request)
    {
        request = null;
        if (!File.Exists(LatencyDevice))
        {
            return Missing(RealTimeFeature.ProcessorLatency, "this system has no " + LatencyDevice);
        }

        try
        {
            // The request (four bytes, microseconds) holds for as long as the file is open.
            request = new FileStream(
                LatencyDevice, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            Span<byte> zeroMicroseconds = stackalloc byte[sizeof(int)];
            zeroMicroseconds.Clear();
            request.Write(zeroMicroseconds);
            return new(RealTimeFeature.ProcessorLatency, true, LatencyDevice + " held at 0");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            request?.Dispose();
            request = null;
            return Missing(
                RealTimeFeature.ProcessorLatency,
                error.Message + " (give this user write access to " + LatencyDevice + ")");
        }
    }

    private static RealTimeGrant Pin(IReadOnlyList<int> processors)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Missing(RealTimeFeature.Affinity, "this system has no sched_setaffinity");
        }

        ulong* mask = stackalloc ulong[AffinityWordCount];
        new Span<ulong>(mask, AffinityWordCount).Clear();
        foreach (int processor in processors)
        {
            if (processor < 0 || processor >= AffinityWordCount * 64)
            {
                return Missing(RealTimeFeature.Affinity, string.Create(
                    CultureInfo.InvariantCulture, $"there is no processor {processor}"));
            }

            mask[processor / 64] |= 1UL << processor % 64;
        }

        return LinuxCalls.SetAffinity(0, AffinityWordCount * sizeof(ulong), mask) == 0
            ? new(RealTimeFeature.Affinity, true, "processors " + string.Join(',', processors))
            : Failed(RealTimeFeature.Affinity, "name processors that this process may use");
    }

    private static RealTimeGrant Schedule(int priority)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Missing(RealTimeFeature.FifoScheduling, "this system has no SCHED_FIFO");
        }

        return LinuxCalls.SetScheduler(0, LinuxCalls.ScheduleFifo, &priority) == 0
            ? new(RealTimeFeature.FifoScheduling, true, string.Create(
                CultureInfo.InvariantCulture, $"SCHED_FIFO {priority}"))
            : Failed(RealTimeFeature.FifoScheduling, "run with CAP_SYS_NICE or a higher ulimit -r");
    }

    // Page by page: one large stackalloc would not touch every page.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int PrefaultStack(int bytesLeft)
    {
        byte* page = stackalloc byte[PageBytes];
        page[0] = 1;
        page[PageBytes - 1] = 1;
        int deeper = bytesLeft > PageBytes ? PrefaultStack(bytesLeft - PageBytes) : 0;
        return deeper + page[0];
    }

    private static RealTimeGrant Missing(RealTimeFeature feature, string why) =>
        new(feature, false, why);

    private static RealTimeGrant Failed(RealTimeFeature feature, string remedy) => new(
        feature, false, Marshal.GetLastPInvokeErrorMessage() + " (" + remedy + ")");
}
