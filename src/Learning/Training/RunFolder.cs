using System.Text;
using System.Text.Json;
using HilRig.Core.Errors;
using HilRig.Core.Files;
using HilRig.Learning.Snapshots;

namespace HilRig.Learning.Training;

/// <summary>The folder of a run of learning, and the names of what is in it.</summary>
internal sealed class RunFolder
{
    private static readonly JsonSerializerOptions LineFormat = new(JsonSerializerDefaults.Web);

    private static readonly JsonSerializerOptions ResultFormat = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    private RunFolder(string path, TrainingOptions options)
    {
        Path = path;
        Options = options;
        ConfigSha256 = OptionText.Sha256(options);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>What the run is made of.</summary>
    public TrainingOptions Options { get; }

    /// <summary>SHA-256 of the configuration.</summary>
    public string ConfigSha256 { get; }

    /// <summary>Log of the demonstrations.</summary>
    public string Demonstrations => In("demonstrations.episodes");

    /// <summary>Log of what the run itself made.</summary>
    public string Replay => In("replay.episodes");

    /// <summary>Folder of exported policies.</summary>
    public string Policies => In("policies");

    private string Curve => In("curve.jsonl");

    private string Result => In("result.json");

    /// <summary>Makes a folder, or takes one that has the same configuration.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="options">What the run is made of.</param>
    /// <exception cref="ScenarioException">It has another run.</exception>
    /// <exception cref="RecordingException">It cannot be written.</exception>
    public static RunFolder Create(string path, TrainingOptions options)
    {
        options.Validate();
        string config = System.IO.Path.Combine(path, "config.json");
        if (File.Exists(config))
        {
            RunFolder found = Open(path);
            if (found.ConfigSha256 != OptionText.Sha256(options))
            {
                throw new ScenarioException(
                    "This folder has a run of another configuration",
                    config,
                    OptionText.Sha256(options),
                    found.ConfigSha256,
                    "another --out, or `hilrig learn resume` for the run that is there");
            }

            return found;
        }

        var folder = new RunFolder(path, options);
        Guard(config, () =>
        {
            Directory.CreateDirectory(path);
            Write(config, OptionText.Write(options));
        });
        return folder;
    }

    /// <summary>Opens the folder of a run.</summary>
    /// <param name="path">The folder.</param>
    /// <exception cref="ScenarioException">It is none.</exception>
    public static RunFolder Open(string path)
    {
        string config = System.IO.Path.Combine(path, "config.json");
        try
        {
            TrainingOptions options = OptionText.Read(File.ReadAllText(config), config);
            options.Validate();
            return new RunFolder(path, options);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException(
                "This is no folder of a run of learning",
                path,
                "a config.json in it",
                error.Message,
                "the folder that `hilrig learn … --out` made",
                error);
        }
    }

    /// <summary>Opens its snapshots.</summary>
    public SnapshotStore OpenSnapshots()
    {
        SnapshotStore? store = null;
        Guard(In("snapshots"), () => store = new SnapshotStore(In("snapshots")));
        return store!;
    }

    /// <summary>The points of the curve so far; a line that was cut off is left out.</summary>
    /// <exception cref="RecordingException">A line in the middle is damaged.</exception>
    public List<CurvePoint> ReadCurve()
    {
        var points = new List<CurvePoint>();
        string text = File.Exists(Curve) ? File.ReadAllText(Curve) : "";
        int end = text.LastIndexOf('\n') + 1;
        foreach (string line in text[..end].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                points.Add(JsonSerializer.Deserialize<CurvePoint>(line, LineFormat)!);
            }
            catch (JsonException error)
            {
                throw new RecordingException(
                    "A point of the curve is damaged", Curve, found: line, inner: error);
            }
        }

        return points;
    }

    /// <summary>Writes all points of the curve.</summary>
    /// <param name="points">The points.</param>
    public void WriteCurve(IEnumerable<CurvePoint> points) => Guard(Curve, () => Write(
        Curve,
        string.Concat(points.Select(point => JsonSerializer.Serialize(point, LineFormat) + "\n"))));

    /// <summary>The result; null while the run is not done.</summary>
    public TrainingResult? ReadResult()
    {
        if (!File.Exists(Result))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<TrainingResult>(
                File.ReadAllText(Result), ResultFormat);
        }
        catch (JsonException error)
        {
            throw new RecordingException(
                "A result is damaged",
                Result,
                found: error.Message,
                remedy: "delete it; `hilrig learn resume` makes it again",
                inner: error);
        }
    }

    /// <summary>Writes the result.</summary>
    /// <param name="result">The result.</param>
    public void WriteResult(TrainingResult result) =>
        Guard(Result, () => Write(Result, Text(result) + "\n"));

    /// <summary>The result as the JSON that commands print.</summary>
    /// <param name="result">The result.</param>
    public static string Text(TrainingResult result) =>
        JsonSerializer.Serialize(result, ResultFormat);

    private static void Write(string path, string text) =>
        Durable.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static void Guard(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(
                "The folder of a run cannot be written",
                path,
                found: error.Message,
                remedy: "make room or choose another --out; then `hilrig learn resume`",
                inner: error);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
