using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using HilRig.Core.Errors;

namespace HilRig.Rig.Learning.Parts;

/// <summary>
/// The parts of a run: parts.jsonl, one line each time that something of a part is known. Lines are
/// only added, each is on the disk before the run goes on, and of a part the last one counts; so a
/// process that is killed loses what came after its last stored episode. One thread at a time.
/// </summary>
internal sealed class PartJournal
{
    private const string FileName = "parts.jsonl";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly string _path;
    private readonly SortedDictionary<int, LearnRigPart> _parts = [];

    private PartJournal(string path) => _path = path;

    /// <summary>Every part, in order, as it is known now.</summary>
    public IReadOnlyList<LearnRigPart> Parts => [.. _parts.Values];

    /// <summary>Number of the next part.</summary>
    public int NextNumber => _parts.Count == 0 ? 0 : _parts.Keys.Last() + 1;

    /// <summary>Opens the parts of a run. A last line that was cut off is taken away.</summary>
    /// <param name="run">The run's folder.</param>
    /// <exception cref="RecordingException">
    /// A line is damaged, or the disk refuses.
    /// </exception>
    public static PartJournal Open(string run)
    {
        var journal = new PartJournal(Path.Combine(run, FileName));
        journal.Guard(journal.Read);
        return journal;
    }

    /// <summary>Writes what is known of a part.</summary>
    /// <param name="part">The part.</param>
    /// <exception cref="RecordingException">The disk refuses.</exception>
    public void Write(LearnRigPart part)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(part, Format), (byte)'\n'];
        Guard(() =>
        {
            using var file = new FileStream(_path, FileMode.Append, FileAccess.Write);
            file.Write(line);
            file.Flush(flushToDisk: true);
        });
        _parts[part.Number] = part;
    }

    private void Read()
    {
        if (!File.Exists(_path))
        {
            return;
        }

        byte[] bytes = File.ReadAllBytes(_path);
        int whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        string[] lines = Encoding.UTF8.GetString(bytes, 0, whole).Split('\n');
        for (int i = 0; i < lines.Length - 1; i++)
        {
            LearnRigPart part = Decode(lines[i], i + 1);
            _parts[part.Number] = part;
        }

        if (whole < bytes.Length)
        {
            using var file = new FileStream(_path, FileMode.Open, FileAccess.Write);
            file.SetLength(whole);
        }
    }

    private LearnRigPart Decode(string line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<LearnRigPart>(line, Format)
                ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new RecordingException(
                "A line about a part of the run is damaged",
                FormattableString.Invariant($"{_path}:{number}"),
                "one JSON object",
                error.Message,
                "take the line away: its part then has the figures of the line before",
                error);
        }
    }

    private void Guard(Action act)
    {
        try
        {
            act();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(
                "The parts of a run cannot be kept",
                _path,
                found: error.Message,
                remedy: "make room; then 'hilrig learn resume'",
                inner: error);
        }
    }
}
