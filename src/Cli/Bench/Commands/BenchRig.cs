using System.Text.RegularExpressions;
using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Rig.Files;

namespace HilRig.Cli.Bench.Commands;

/// <summary>
/// A rig file of a bench's own: the SO-101's, on the bench's port, holding where it stops (so that
/// a turn does not wait until the arm has been lowered), with a long deadman (so that a busy
/// machine shows as latency, not as a stop). Removed on dispose.
/// </summary>
internal sealed partial class BenchRig : IDisposable
{
    private const string Original = "rigs/so101-usb.yaml";

    // Latches and leases of a port that exists for seconds must not outlive it.
    private static readonly string[] StateVariables = ["XDG_RUNTIME_DIR", "XDG_STATE_HOME"];

    private readonly string _folder =
        Directory.CreateTempSubdirectory("hilrig-bench-rig-").FullName;

    /// <summary>Writes and reads it.</summary>
    /// <param name="port">The port of its bus.</param>
    /// <exception cref="ScenarioException">The SO-101's file is not to be found.</exception>
    public BenchRig(string port)
    {
        string original = Find();
        string models = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(original)!, "..", "models"));
        string text = File.ReadAllText(original).Replace("../models", models)
            .Replace("policy: hold-then-lower", "policy: hold")
            .Replace("deadman: 100 ms", "deadman: 1 s");
        string path = Path.Combine(_folder, "bench.yaml");
        File.WriteAllText(path, Port().Replace(text, "port: " + port));
        Description = RigFile.Load(path);
        foreach (string variable in StateVariables)
        {
            Environment.SetEnvironmentVariable(variable, _folder);
        }
    }

    /// <summary>The rig.</summary>
    public RigDescription Description { get; }

    /// <summary>Folder for the logs of its processes.</summary>
    public string Logs => Path.Combine(_folder, "logs");

    /// <summary>Removes it.</summary>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Find()
    {
        foreach (string start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
        {
            for (string? folder = start; folder is not null;
                folder = Path.GetDirectoryName(folder))
            {
                string path = Path.Combine(folder, Original);
                if (File.Exists(path))
                {
                    return path;
                }
            }
        }

        throw new ScenarioException(
            "The bench does not find its rig file", Original, "a checkout of HilRig",
            remedy: "run it in the checkout");
    }

    [GeneratedRegex(@"port: /dev/\w+")]
    private static partial Regex Port();
}
