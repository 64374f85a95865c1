using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace HilRig.Learning.Snapshots;

/// <summary>Makes names of files survive a loss of power.</summary>
internal static partial class DurableFolder
{
    private const int ReadOnly = 0;

    /// <summary>
    /// Synchronises the names in a folder with the disk; Windows does so by itself.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            FlushPosix(folder);
        }
    }

    /// <summary>
    /// Writes a file under a temporary name, synchronises it with the disk, then names it.
    /// </summary>
    /// <param name="path">Where.</param>
    /// <param name="bytes">What.</param>
    public static void Replace(string path, ReadOnlySpan<byte> bytes)
    {
        string partial = path + ".partial";
        Write(partial, bytes);
        File.Move(partial, path, overwrite: true);
        Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Writes a file and synchronises it with the disk.</summary>
    /// <param name="path">Where.</param>
    /// <param name="bytes">What.</param>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    [UnsupportedOSPlatform("windows")]
    private static void FlushPosix(string folder)
    {
        int descriptor = Open(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw Failed(folder);
        }

        try
        {
            if (Synchronise(descriptor) != 0)
            {
                throw Failed(folder);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failed(string folder)
    {
        int code = Marshal.GetLastPInvokeError();
        return new IOException($"{folder}: {new Win32Exception(code).Message}", code);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronise(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
