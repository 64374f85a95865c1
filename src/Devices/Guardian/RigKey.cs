using System.Security.Cryptography;
using System.Text;
using HilRig.Core.Rigs;

namespace HilRig.Devices.Guardian;

/// <summary>
/// Names a rig among the files that its processes share, by the ports it hangs on alone: two rig
/// files for one port are one rig, whatever they are called; the same file on another port is
/// another.
/// </summary>
public sealed class RigKey
{
    private const int HashCharacterCount = 16;
    private const int PortCharactersMax = 40;
    private const string Program = "hilrig";

    private RigKey(string folder, string stateFolder, string fileName)
    {
        Folder = folder;
        StateFolder = stateFolder;
        FileName = fileName;
    }

    /// <summary>
    /// Folder of the files that end with the processes (lease, page), private to this user.
    /// </summary>
    public string Folder { get; }

    /// <summary>
    /// Folder of the files that outlive logout and reboot (latch), private to this user.
    /// </summary>
    public string StateFolder { get; }

    /// <summary>File name without extension.</summary>
    public string FileName { get; }

    /// <summary>Makes the key of a rig; makes the folders when they are not there.</summary>
    /// <param name="rig">The rig, with its ports as the rig file names them.</param>
    /// <param name="folder">
    /// Where all files go; null takes <see cref="DefaultFolder"/> and
    /// <see cref="DefaultStateFolder"/>.
    /// </param>
    public static RigKey Of(RigDescription rig, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(rig);
        string path = folder ?? DefaultFolder();
        string statePath = folder ?? DefaultStateFolder();
        MakePrivate(path);
        MakePrivate(statePath);
        string[] ports =
        [
            .. rig.Buses.Select(bus => PortName.Canonical(bus.Port)).Order(StringComparer.Ordinal),
        ];
        return new RigKey(path, statePath, FileNameOf(ports));
    }

    /// <summary>
    /// The user's runtime folder (XDG base directory specification), or one of the user's own under
    /// the temporary folder. It may be emptied at logout.
    /// </summary>
    public static string DefaultFolder()
    {
        string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        return string.IsNullOrEmpty(runtime)
            ? Path.Combine(Path.GetTempPath(), "hilrig-" + Environment.UserName)
            : Path.Combine(runtime, Program);
    }

    /// <summary>
    /// The user's state folder, which survives logout and reboot: under $XDG_STATE_HOME or
    /// ~/.local/state, on Windows under the local application data.
    /// </summary>
    public static string DefaultStateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), Program);
        }

        // The specification has relative paths ignored.
        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (Path.IsPathFullyQualified(state ?? ""))
        {
            return Path.Combine(state!, Program);
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length == 0
            ? DefaultFolder()
            : Path.Combine(home, ".local", "state", Program);
    }

    /// <summary>Path of one of the rig's files that end with its processes.</summary>
    /// <param name="extension">Extension with its dot.</param>
    public string PathOf(string extension) => Path.Combine(Folder, FileName + extension);

    /// <summary>Path of one of the rig's files that outlive logout and reboot.</summary>
    /// <param name="extension">Extension with its dot.</param>
    public string StatePathOf(string extension) => Path.Combine(StateFolder, FileName + extension);

    // The port for people, the digest of all ports for telling rigs apart.
    private static string FileNameOf(string[] ports)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', ports)));
        string port = ports.Length == 0 ? "" : ports[0][(ports[0].LastIndexOf('/') + 1)..];
        string safePort = string.Concat(
            port.Take(PortCharactersMax).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        return safePort + "-" + Convert.ToHexStringLower(hash)[..HashCharacterCount];
    }

    private static void MakePrivate(string path)
    {
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
    }
}
