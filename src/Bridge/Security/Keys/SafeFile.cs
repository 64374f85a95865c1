using System.Text;

namespace HilRig.Bridge.Security.Keys;

/// <summary>
/// Small files that others must not be able to change: read only with a safe mode, replaced whole.
/// </summary>
internal static class SafeFile
{
    /// <summary>Mode of what only its owner may read.</summary>
    public const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Mode of what everybody may read and its owner may change.</summary>
    public const UnixFileMode Public =
        Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode PrivateFolder = Private | UnixFileMode.UserExecute;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private const UnixFileMode OthersTouch = OthersWrite | UnixFileMode.GroupRead
        | UnixFileMode.OtherRead | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Reads a text file, if its mode allows to trust it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isPrivate">Whether others must not even read it.</param>
    /// <param name="bytesMax">Longest file taken.</param>
    /// <exception cref="KeyException">Missing, unsafe, too long or unreadable.</exception>
    public static string Read(string path, bool isPrivate, int bytesMax)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite
                | FileShare.Delete);
            RequireMode(path, file, isPrivate ? OthersTouch : OthersWrite);
            if (file.Length > bytesMax)
            {
                throw new KeyException(
                    "the file is too long", path, $"at most {bytesMax} bytes", $"{file.Length}");
            }

            byte[] bytes = new byte[bytesMax];
            int length = file.ReadAtLeast(bytes, bytesMax, throwOnEndOfStream: false);
            return Encoding.UTF8.GetString(bytes, 0, length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new KeyException(
                "the file cannot be read", path, found: error.Message, inner: error);
        }
    }

    /// <summary>Writes a whole new file in place of the old one, or none at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">What it will contain.</param>
    /// <param name="mode">Its mode.</param>
    /// <param name="mayReplace">Whether there may be one already.</param>
    /// <exception cref="KeyException">It cannot be written, or exists.</exception>
    public static void Write(string path, string text, UnixFileMode mode, bool mayReplace)
    {
        string temporary = $"{path}.{Environment.ProcessId}.new";
        try
        {
            MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var options = new FileStreamOptions
            {
                Mode = FileMode.Create,
                Access = FileAccess.Write,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode;
            }

            using (var file = new FileStream(temporary, options))
            {
                file.Write(Encoding.UTF8.GetBytes(text));
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, mayReplace);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new KeyException(
                File.Exists(path) && !mayReplace
                    ? "the file exists already" : "the file cannot be written",
                path,
                found: error.Message,
                remedy: "choose another name, or look at the folder's owner and mode",
                inner: error);
        }
    }

    private static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, PrivateFolder);
        }
    }

    // Asked of the open file and not of its name, so that nobody swaps it between check and use.
    private static void RequireMode(string path, FileStream file, UnixFileMode forbidden)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        UnixFileMode mode = File.GetUnixFileMode(file.SafeFileHandle);
        if ((mode & forbidden) != 0)
        {
            throw new KeyException(
                forbidden == OthersWrite
                    ? "others can change this file, so it cannot be trusted"
                    : "others can read this private key, so it is private no more",
                path,
                forbidden == OthersWrite ? "mode 0644 or less" : "mode 0600",
                "mode 0" + Convert.ToString((int)mode, 8),
                forbidden == OthersWrite
                    ? "look who changed it, then: chmod go-w FILE"
                    : "make a new key, or if nobody had access: chmod 600 FILE");
        }
    }
}
