using System.Runtime.InteropServices;

namespace HilRig.Cli.Bench.Stops;

/// <summary>
/// What an agent leaves on its bus when it dies while it writes. Written through the port itself,
/// past the lock that the agent holds: System.IO would respect it.
/// </summary>
internal static class HalfPacket
{
    private const int WriteOnlyNoTerminal = 0x101;

    // A sync write of goals for four servos, cut off in its header.
    private static readonly byte[] Bytes = [0xFF, 0xFF, 0xFE, 0x20, 0x83, 0x2A];

    /// <summary>Writes it.</summary>
    /// <param name="port">Path of the port.</param>
    /// <exception cref="IOException">The port does not take it.</exception>
    public static void WriteTo(string port)
    {
        int descriptor = Open(port, WriteOnlyNoTerminal);
        nint written = descriptor < 0 ? -1 : Write(descriptor, Bytes, Bytes.Length);
        if (descriptor >= 0)
        {
            _ = Close(descriptor);
        }

        if (written != Bytes.Length)
        {
            throw new IOException("half a packet cannot be written to " + port);
        }
    }

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi)]
    private static extern int Open(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "write")]
    private static extern nint Write(int descriptor, byte[] bytes, nint count);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
