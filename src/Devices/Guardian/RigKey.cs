using System.Security.Cryptography;
using System.Text;
using HilRig.Core.Rigs;

namespace HilRig.Devices.Guardian;

/// <summary>
/// Names a rig among the files that its processes share: its name and the ports it hangs on. Two
/// rig files for one port are one rig; the same file on another port is another.
/// </summary>
public sealed class RigKey
{
    private const int HashCharacterCount = 8;

    private RigKey(string folder, string fileName)
    {
        Folder = folder;
        FileName = fileName;
    }

    /// <summary>Folder of the files, private to this user.</summary>
    public string Folder { get; }

    /// <summary>File name without extension.</summary>
    public string FileName { get; }

    /// <summary>Makes the key of a rig; makes the folder when it is not there.</summary>
    /// <param name="rig">The rig, with its ports as the rig file names them.</param>
    /// <param name="folder">Where the files go; null takes <see cref="DefaultFolder"/>.</param>
    public static RigKey Of(RigDescription rig, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(rig);
        string path = folder ?? DefaultFolder();
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            const UnixFileMode Private =
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            Directory.CreateDirectory(path, Private);
        }

        string ports = string.Join('\n', rig.Buses.Select(bus => bus.Port));
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(ports));
        string safeName = string.Concat(
            rig.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        return new RigKey(
            path, safeName + "-" + Convert.ToHexStringLower(hash)[..HashCharacterCount]);
    }

    /// <summary>
    /// The user's runtime folder (XDG base directory specification), or one of the user's own under
    /// the temporary folder.
    /// </summary>
    public static string DefaultFolder()
    {
        string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        return string.IsNullOrEmpty(runtime)
            ? Path.Combine(Path.GetTempPath(), "hilrig-" + Environment.UserName)
            : Path.Combine(runtime, "hilrig");
    }

    /// <summary>Path of one of the rig's files.</summary>
    /// <param name="extension">Extension with its dot.</param>
    public string PathOf(string extension) => Path.Combine(Folder, FileName + extension);
}
