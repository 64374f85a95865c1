using System.Runtime.InteropServices;

namespace HilRig.Bridge.SharedMemory.RealTime;

/// <summary>futex(2) on a word that several processes share.</summary>
internal static unsafe class Futex
{
    private const int WakeOperation = 1;
    private const int WaitBitsetOperation = 9;
    private const uint AnyBit = uint.MaxValue;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private static readonly nint Number = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 => 98,
        _ => -1,
    };

    /// <summary>Whether this machine has it.</summary>
    public static bool IsSupported { get; } = OperatingSystem.IsLinux() && Number > 0;

    /// <summary>Sleeps while the word has a value; may return early for no reason.</summary>
    /// <param name="word">The word.</param>
    /// <param name="expected">The value.</param>
    /// <param name="untilNanoseconds">When to give up, CLOCK_MONOTONIC ns.</param>
    public static void Wait(uint* word, uint expected, long untilNanoseconds)
    {
        var until = new Timespec
        {
            Seconds = untilNanoseconds / NanosecondsPerSecond,
            Nanoseconds = untilNanoseconds % NanosecondsPerSecond,
        };
        _ = Call(Number, word, WaitBitsetOperation, expected, &until, null, AnyBit);
    }

    /// <summary>Wakes everybody who sleeps on the word.</summary>
    /// <param name="word">The word.</param>
    public static void WakeAll(uint* word) =>
        _ = Call(Number, word, WakeOperation, int.MaxValue, null, null, 0);

    [DllImport("libc", EntryPoint = "syscall")]
    private static extern nint Call(
        nint number, uint* word, nint operation, nuint value, Timespec* timeout, uint* other,
        nuint bits);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
