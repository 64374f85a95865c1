using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HilRig.Core.Errors;
using HilRig.Core.Files;

namespace HilRig.Rig.Learning;

/// <summary>The folder of a run of learning on a rig, and the names of what is in it.</summary>
internal sealed class LearnRigFolder
{
    private const string OptionsFile = "rig.json";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    private LearnRigFolder(string path, LearnRigOptions options)
    {
        Path = path;
        Options = options;
    }

    /// <summary>The folder, absolute.</summary>
    public string Path { get; }

    /// <summary>What the run does.</summary>
    public LearnRigOptions Options { get; }

    /// <summary>What the run does, as its file has it.</summary>
    public string OptionsText => Encode(Options);

    /// <summary>SHA-256 of what the run does, lower-case hex.</summary>
    public string OptionsSha256 =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(OptionsText)));

    /// <summary>Log of all episodes of the rig.</summary>
    public string Episodes => In("replay.episodes");

    /// <summary>Folder of the learner's process: its own log, snapshots.</summary>
    public string Learner => In("learner");

    /// <summary>Folder of policies that came from the learner.</summary>
    public string Policies => In("policies");

    /// <summary>Logs of the rig's processes, of this part of the run.</summary>
    public string Processes => Numbered("processes", "");

    /// <summary>Recording of this part of the run; there is one for each time it was resumed.
    /// </summary>
    public string Recording => Numbered("session", ".mcap");

    /// <summary>Makes a folder, or takes one of the same options.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="options">Checked.</param>
    /// <exception cref="ScenarioException">It holds another run.</exception>
    /// <exception cref="RecordingException">It cannot be written.</exception>
    public static LearnRigFolder Create(string path, LearnRigOptions options)
    {
        path = System.IO.Path.GetFullPath(path);
        string file = System.IO.Path.Combine(path, OptionsFile);
        if (File.Exists(file))
        {
            string found = Encode(Open(path).Options);
            return found == Encode(options)
                ? new LearnRigFolder(path, options)
                : throw new ScenarioException(
                    "This folder has a run of other options",
                    file,
                    remedy: "another --out, or 'hilrig learn resume' for the run that is there");
        }

        try
        {
            Directory.CreateDirectory(path);
            Durable.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(Encode(options))));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(
                "The folder of a run cannot be written",
                file,
                found: error.Message,
                remedy: "make room or choose another --out",
                inner: error);
        }

        return new LearnRigFolder(path, options);
    }

    /// <summary>Whether a folder is one of learning on a rig.</summary>
    /// <param name="path">The folder.</param>
    public static bool IsOne(string path) =>
        File.Exists(System.IO.Path.Combine(path, OptionsFile));

    /// <summary>Opens the folder of a run.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="ScenarioException">It is none.</exception>
    public static LearnRigFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        string file = System.IO.Path.Combine(path, OptionsFile);
        try
        {
            LearnRigOptions options = JsonSerializer.Deserialize<LearnRigOptions>(
                File.ReadAllText(file), Format) ?? throw new JsonException("null");
            options.Validate();
            return new LearnRigFolder(path, options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException
            or JsonException)
        {
            throw new ScenarioException(
                "This is no folder of learning on a rig",
                file,
                "the options that 'hilrig learn … --rig' wrote",
                error.Message,
                "the folder that was its --out",
                error);
        }
    }

    /// <summary>Writes the result.</summary>
    /// <param name="json">The result's JSON.</param>
    /// <exception cref="RecordingException">The disk refuses.</exception>
    public void WriteResult(string json)
    {
        try
        {
            Durable.Write(
                In("result.json"), stream => stream.Write(Encoding.UTF8.GetBytes(json + "\n")));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(
                "The result of a run cannot be written",
                In("result.json"),
                found: error.Message,
                inner: error);
        }
    }

    private static string Encode(LearnRigOptions options) =>
        JsonSerializer.Serialize(options, Format) + "\n";

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private string Numbered(string name, string extension)
    {
        for (int part = 0; ; part++)
        {
            string path = In(FormattableString.Invariant($"{name}-{part:00}{extension}"));
            if (!System.IO.Path.Exists(path) && !System.IO.Path.Exists(path + ".partial"))
            {
                return path;
            }
        }
    }
}
