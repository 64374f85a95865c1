using System.Runtime.InteropServices;

namespace HilRig.Devices.Transports.Posix;

/// <summary>
/// The Linux calls that serial ports need. Signatures are blittable: no call allocates.
/// </summary>
internal static unsafe class Libc
{
    public const int OpenReadWrite = 0x2;
    public const int OpenNoControllingTerminal = 0x100;
    public const int OpenNonBlocking = 0x800;
    public const int OpenCloseOnExec = 0x80000;

    public const short PollIn = 0x1;
    public const short PollOut = 0x4;
    public const short PollError = 0x8;
    public const short PollHangUp = 0x10;
    public const short PollInvalid = 0x20;

    public const int LockExclusive = 2;
    public const int LockNonBlocking = 4;

    public const int ErrorInterrupted = 4;
    public const int ErrorAgain = 11;

    /// <summary>A descriptor to poll.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    /// <summary>A relative time on 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    public static extern int Open(byte* path, int flags);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    public static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    public static extern nint Read(int descriptor, byte* buffer, nuint count);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    public static extern nint Write(int descriptor, byte* buffer, nuint count);

    [DllImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    public static extern int PollUntil(
        PollDescriptor* descriptors, nuint count, TimeSpec* timeout, void* signalMask);

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static extern int Control(int descriptor, nuint request, void* argument);

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static extern int ControlValue(int descriptor, nuint request, nint argument);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    public static extern int Lock(int descriptor, int operation);

    [DllImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    public static extern int OpenPseudoTerminal(int flags);

    [DllImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    public static extern int GrantPseudoTerminal(int descriptor);

    [DllImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    public static extern int UnlockPseudoTerminal(int descriptor);

    [DllImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    public static extern int PseudoTerminalName(int descriptor, byte* buffer, nuint size);

    [DllImport("libc", EntryPoint = "strerror")]
    private static extern nint ErrorText(int error);

    /// <summary>Error of the last call on this thread.</summary>
    public static int LastError => Marshal.GetLastPInvokeError();

    /// <summary>What an error number means, in words.</summary>
    public static string Describe(int error) =>
        Marshal.PtrToStringUTF8(ErrorText(error)) ?? $"error {error}";
}
