using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HilRig.Core.Files;

/// <summary>
/// Files that are whole or not there, also after a loss of power: written under a temporary name,
/// synchronised with the disk, named, and the name synchronised.
/// </summary>
public static class Durable
{
    private const int ReadOnly = 0;

    /// <summary>Writes a file whole; what had its name is replaced.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The disk refused; what had the name is untouched.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string partial = path + ".partial";
        try
        {
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }

        SynchroniseFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>
    /// Makes names given or taken in a folder outlive a loss of power (fsync of the folder). Only
    /// Linux and macOS need it, and can.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">The folder cannot be opened or synchronised.</exception>
    public static void SynchroniseFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var handle = new SafeFileHandle(Open(folder, ReadOnly), ownsHandle: true);
        if (handle.IsInvalid || Synchronise(handle) != 0)
        {
            int error = Marshal.GetLastPInvokeError();
            throw new IOException(
                $"{folder} cannot be synchronised: {Marshal.GetPInvokeErrorMessage(error)}",
                error);
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Synchronise(SafeFileHandle handle);
}
