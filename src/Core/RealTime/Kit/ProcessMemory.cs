using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HilRig.Core.RealTime.Kit;

/// <summary>Pages of stack, heap and process: touched in advance, and kept.</summary>
internal static unsafe class ProcessMemory
{
    private const int PageBytes = 4096;
    private const int StackBytesMax = 512 * 1024;
    private const int HeapBytesMax = 256 * 1024 * 1024;

    // Below 85 000 bytes, so that the small-object heap is what grows.
    private const int HeapBlockBytes = 64 * 1024;

    /// <summary>mlockall.</summary>
    /// <param name="locking">How.</param>
    public static RealTimeGrant Lock(MemoryLocking locking)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new(RealTimeFeature.LockedMemory, false, "this system has no mlockall");
        }

        // Under a finite limit a later mapping would fail, and the runtime with it.
        if (!MemoryLockPermission.IsUnlimited(out string reason))
        {
            return Unlocked(reason);
        }

        int flags = LinuxCalls.LockCurrent | LinuxCalls.LockFuture;
        if (locking == MemoryLocking.OnTouch)
        {
            flags |= LinuxCalls.LockOnFault;
        }

        if (LinuxCalls.LockAllMemory(flags) != 0)
        {
            return Unlocked(Marshal.GetLastPInvokeErrorMessage());
        }

        ResidentMemory memory = ResidentMemory.Read();
        return new(RealTimeFeature.LockedMemory, true, string.Create(
            CultureInfo.InvariantCulture,
            $"{locking}, {memory.ResidentBytes / 1e6:F0} MB resident"));
    }

    /// <summary>Touches the calling thread's stack.</summary>
    /// <param name="bytesWanted">Bytes below the present depth.</param>
    public static RealTimeGrant TouchStack(int bytesWanted)
    {
        int bytes = Math.Min(bytesWanted, StackBytesMax);
        TouchStackPages(bytes);
        return new(RealTimeFeature.PrefaultedStack, true, string.Create(
            CultureInfo.InvariantCulture, $"{bytes / 1024} KiB"));
    }

    /// <summary>Lets the heap grow, touches what it grew into, and drops it.</summary>
    /// <param name="bytesWanted">Bytes to grow by.</param>
    public static RealTimeGrant TouchHeap(int bytesWanted)
    {
        int bytes = Math.Min(bytesWanted, HeapBytesMax);
        var blocks = new byte[(bytes + HeapBlockBytes - 1) / HeapBlockBytes][];
        for (int i = 0; i < blocks.Length; i++)
        {
            blocks[i] = new byte[HeapBlockBytes];
            for (int at = 0; at < HeapBlockBytes; at += PageBytes)
            {
                blocks[i][at] = 1;
            }
        }

        GC.KeepAlive(blocks);
        return new(RealTimeFeature.PrefaultedHeap, true, string.Create(
            CultureInfo.InvariantCulture, $"{bytes / 1024} KiB"));
    }

    // Page by page: one large stackalloc would not touch every page.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int TouchStackPages(int bytesLeft)
    {
        byte* page = stackalloc byte[PageBytes];
        page[0] = 1;
        page[PageBytes - 1] = 1;
        int deeper = bytesLeft > PageBytes ? TouchStackPages(bytesLeft - PageBytes) : 0;
        return deeper + page[0];
    }

    private static RealTimeGrant Unlocked(string why) =>
        new(RealTimeFeature.LockedMemory, false, why) { Remedy = RealTimeRemedies.LockedMemory };
}
