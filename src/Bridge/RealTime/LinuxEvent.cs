using System.Runtime.InteropServices;

namespace HilRig.Bridge.RealTime;

/// <summary>
/// The few system calls of <see cref="WakeSignal"/>: eventfd(2), ppoll(2), read, write.
/// </summary>
internal static unsafe class LinuxEvent
{
    /// <summary>EFD_CLOEXEC | EFD_NONBLOCK.</summary>
    public const int NonBlockingCloseOnExec = 0x80000 | 0x800;

    /// <summary>POLLIN.</summary>
    public const short Readable = 1;

    /// <summary>Makes a counter that can be polled; -1 on failure.</summary>
    [DllImport("libc", EntryPoint = "eventfd")]
    public static extern int Create(uint initial, int flags);

    /// <summary>Waits for readiness, for at most <paramref name="timeout"/>.</summary>
    [DllImport("libc", EntryPoint = "ppoll")]
    public static extern int Poll(PollEntry* entries, nuint count, Timespec* timeout, void* mask);

    /// <summary>read(2).</summary>
    [DllImport("libc", EntryPoint = "read")]
    public static extern nint Read(int descriptor, ulong* value, nuint bytes);

    /// <summary>write(2).</summary>
    [DllImport("libc", EntryPoint = "write")]
    public static extern nint Write(int descriptor, ulong* value, nuint bytes);

    /// <summary>close(2).</summary>
    [DllImport("libc", EntryPoint = "close")]
    public static extern int Close(int descriptor);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        /// <summary>File descriptor.</summary>
        public int Descriptor;

        /// <summary>What to wait for.</summary>
        public short Events;

        /// <summary>What happened.</summary>
        public short ReturnedEvents;
    }

    /// <summary>struct timespec of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Timespec
    {
        /// <summary>Whole seconds.</summary>
        public long Seconds;

        /// <summary>The rest, ns.</summary>
        public long Nanoseconds;
    }
}
