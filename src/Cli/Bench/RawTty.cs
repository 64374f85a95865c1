using System.Runtime.InteropServices;
using System.Text;

namespace HilRig.Cli.Bench;

/// <summary>
/// open, poll, read and write with nothing around them: the control beside the serial driver.
/// Shares no code with what it controls.
/// </summary>
internal static unsafe class RawTty
{
    private const int ReadWriteNoTerminalNonBlocking = 0x2 | 0x100 | 0x800;
    private const short Readable = 0x1;
    private const int TimeoutMilliseconds = 1_000;

    /// <summary>Opens a terminal that is raw already.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>The descriptor, or a negative number.</returns>
    public static int Open(string path)
    {
        fixed (byte* pointer = Encoding.UTF8.GetBytes(path + '\0'))
        {
            return OpenFile(pointer, ReadWriteNoTerminalNonBlocking);
        }
    }

    /// <summary>Closes it.</summary>
    /// <param name="descriptor">The descriptor.</param>
    public static void Close(int descriptor) => _ = CloseFile(descriptor);

    /// <summary>Writes two packets and reads until the answer is whole.</summary>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="first">First packet.</param>
    /// <param name="second">Second packet, which is answered.</param>
    /// <param name="answer">
    /// Receives the answer; its length says how many bytes to wait for.
    /// </param>
    /// <returns>False when the answer did not come within a second.</returns>
    public static bool Cycle(int descriptor, byte[] first, byte[] second, byte[] answer)
    {
        fixed (byte* firstPointer = first, secondPointer = second, answerPointer = answer)
        {
            _ = WriteFile(descriptor, firstPointer, (nuint)first.Length);
            _ = WriteFile(descriptor, secondPointer, (nuint)second.Length);
            int done = 0;
            while (done < answer.Length)
            {
                var poll = new PollDescriptor { Descriptor = descriptor, Events = Readable };
                if (Poll(&poll, 1, TimeoutMilliseconds) <= 0)
                {
                    return false;
                }

                nint count = ReadFile(
                    descriptor, answerPointer + done, (nuint)(answer.Length - done));
                done += (int)Math.Max(0, count);
            }
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "open")]
    private static extern int OpenFile(byte* path, int flags);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int CloseFile(int descriptor);

    [DllImport("libc", EntryPoint = "read")]
    private static extern nint ReadFile(int descriptor, byte* buffer, nuint count);

    [DllImport("libc", EntryPoint = "write")]
    private static extern nint WriteFile(int descriptor, byte* buffer, nuint count);

    [DllImport("libc", EntryPoint = "poll")]
    private static extern int Poll(
        PollDescriptor* descriptors, nuint count, int timeoutMilliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
