using System.Runtime.InteropServices;

namespace HilRig.Bridge.SharedMemory;

/// <summary>
/// Notices the end of a peer's process, also of one that is killed and not reaped yet, and never
/// takes a later process with the same id for it: pidfd_open(2) and poll(2). One thread.
/// </summary>
internal sealed unsafe class PeerProcess : IDisposable
{
    private const short Readable = 1;
    private const long LookNanoseconds = 500_000_000;
    private static readonly nint OpenNumber = OperatingSystem.IsLinux() ? 434 : -1;

    private readonly long _processId;
    private readonly long _startTicks;
    private readonly int _descriptor = -1;
    private long _lookNanoseconds;

    /// <summary>Begins to watch a process. Allocates.</summary>
    /// <param name="processId">Its id, as it claims.</param>
    /// <param name="startTicks">Its start; 0 where that is unknown.</param>
    public PeerProcess(long processId, long startTicks)
    {
        _processId = processId;
        _startTicks = startTicks;
        if (OpenNumber > 0 && processId is > 0 and <= int.MaxValue)
        {
            _descriptor = (int)Open(OpenNumber, (int)processId, 0);
        }

        HasEnded = !LaneHeader.IsAlive(processId, startTicks);
    }

    /// <summary>Whether the last look found it gone.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Looks. Allocates nothing where the kernel has pidfd.</summary>
    /// <param name="now">Now.</param>
    public void Look(long now)
    {
        if (HasEnded)
        {
            return;
        }

        if (_descriptor >= 0)
        {
            var entry = new PollEntry { Descriptor = _descriptor, Events = Readable };
            HasEnded = Poll(&entry, 1, 0) > 0;
        }
        else if (now >= _lookNanoseconds)
        {
            _lookNanoseconds = now + LookNanoseconds;
            HasEnded = !LaneHeader.IsAlive(_processId, _startTicks);
        }
    }

    /// <summary>Stops watching.</summary>
    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            _ = Close(_descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "syscall")]
    private static extern nint Open(nint number, nint processId, nint flags);

    [DllImport("libc", EntryPoint = "poll")]
    private static extern int Poll(PollEntry* entries, nuint count, int timeoutMilliseconds);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short ReturnedEvents;
    }
}
