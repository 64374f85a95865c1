using System.Globalization;

namespace HilRig.Bridge.SharedMemory;

/// <summary>Where lanes lie: in memory, in a folder of the user's own.</summary>
public static class LanePlace
{
    private const string Memory = "/dev/shm";
    private static int _count;

    /// <summary>The folder, made when it is not there: /dev/shm, else the temporary one.</summary>
    public static string Folder()
    {
        string root = Directory.Exists(Memory) ? Memory : Path.GetTempPath();
        string folder = Path.Combine(root, "hilrig-" + Environment.UserName);
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(folder).FullName;
        }

        return Directory.CreateDirectory(
            folder,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
    }

    /// <summary>The file of a rig's agent.</summary>
    /// <param name="name">File name of the rig, without extension.</param>
    public static string Of(string name) => Path.Combine(Folder(), name + ".lane");

    /// <summary>Removes the files of agents that were killed.</summary>
    internal static void Sweep()
    {
        foreach (string path in Directory.EnumerateFiles(Folder(), "*.lane"))
        {
            try
            {
                if (LaneHeader.IsAbandoned(path))
                {
                    File.Delete(path);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Another agent removed it meanwhile.
            }
        }
    }

    /// <summary>A file that no other lane of this machine has.</summary>
    internal static string Unique() => Of(string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessId}-{Interlocked.Increment(ref _count)}"));
}
