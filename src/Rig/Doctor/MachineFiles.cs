using System.Runtime.InteropServices;

namespace HilRig.Rig.Doctor;

/// <summary>
/// The files by which Linux describes a machine (/proc, /sys, /dev), below a root, so that a saved
/// tree of another machine can be looked at as well.
/// </summary>
public sealed class MachineFiles
{
    private const int ReadAndWrite = 6;
    private readonly string _root;
    private readonly Func<string, bool> _mayUse;

    /// <summary>Looks below a root.</summary>
    /// <param name="root">"/" for this machine.</param>
    /// <param name="mayUse">
    /// Whether this process may read and write a file of the tree; null asks the system.
    /// </param>
    public MachineFiles(string root = "/", Func<string, bool>? mayUse = null)
    {
        _root = root;
        _mayUse = mayUse ?? (path => Access(PathOf(path), ReadAndWrite) == 0);
    }

    /// <summary>Whether a file or folder is there.</summary>
    /// <param name="path">Absolute path in the tree.</param>
    public bool Exists(string path) => Path.Exists(PathOf(path));

    /// <summary>A file's text, trimmed.</summary>
    /// <param name="path">Absolute path in the tree.</param>
    /// <returns>Null when it is not there or may not be read.</returns>
    public string? Text(string path)
    {
        try
        {
            return File.ReadAllText(PathOf(path)).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A file's number.</summary>
    /// <param name="path">Absolute path in the tree.</param>
    /// <returns>Null when there is none.</returns>
    public long? Number(string path) => long.TryParse(Text(path), out long number) ? number : null;

    /// <summary>Names in a folder, sorted.</summary>
    /// <param name="path">Absolute path in the tree.</param>
    /// <returns>Empty when it is not there.</returns>
    public IReadOnlyList<string> Names(string path)
    {
        try
        {
            return
            [
                .. Directory.EnumerateFileSystemEntries(PathOf(path))
                    .Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Where a path leads when links are followed, as a path of the tree.</summary>
    /// <param name="path">Absolute path in the tree; its last part may be a link.</param>
    /// <returns>The path itself when it is no link.</returns>
    public string Follow(string path)
    {
        FileSystemInfo? target = Directory.ResolveLinkTarget(PathOf(path), returnFinalTarget: true);
        return target is null
            ? path
            : "/" + Path.GetRelativePath(_root, target.FullName);
    }

    /// <summary>Whether this process may read and write a file.</summary>
    /// <param name="path">Absolute path in the tree.</param>
    public bool MayUse(string path) => _mayUse(path);

    private string PathOf(string path) => Path.Join(_root, path);

    [DllImport("libc", EntryPoint = "access", CharSet = CharSet.Ansi, BestFitMapping = false)]
    private static extern int Access(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
}
