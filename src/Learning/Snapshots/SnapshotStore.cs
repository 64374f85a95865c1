using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using HilRig.Core.Errors;
using HilRig.Core.Files;

namespace HilRig.Learning.Snapshots;

/// <summary>
/// The snapshots of a run: folders 000001, 000002, …, each whole or not there. One is written
/// under a temporary name, synchronised with the disk and then renamed; LATEST names the newest.
/// Each holds state.bin, snapshot.json and checksums (CRC-32 and name of each file).
/// </summary>
internal sealed class SnapshotStore
{
    private const string State = "state.bin";
    private const string Manifest = "snapshot.json";
    private const string Checksums = "checksums";
    private const string Latest = "LATEST";
    private const string Partial = ".partial-";
    private const int Kept = 3;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    private readonly string _folder;

    /// <summary>Opens or makes the folder; clears what a kill left half-written.</summary>
    /// <param name="folder">Folder of the snapshots.</param>
    public SnapshotStore(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
        foreach (string left in Directory.GetDirectories(folder, Partial + "*"))
        {
            Directory.Delete(left, recursive: true);
        }
    }

    /// <summary>Snapshots that were passed over because they are damaged.</summary>
    public IList<string> Damage { get; } = [];

    /// <summary>Writes a snapshot.</summary>
    /// <param name="manifest">What it is of.</param>
    /// <param name="state">Bytes of a <see cref="StateWriter"/>.</param>
    /// <exception cref="RecordingException">The disk is full or refuses.</exception>
    public void Save(SnapshotManifest manifest, ReadOnlySpan<byte> state)
    {
        int number = Numbers().DefaultIfEmpty(0).Max() + 1;
        string name = number.ToString("D6", CultureInfo.InvariantCulture);
        string partial = Path.Combine(_folder, Partial + name);
        try
        {
            Directory.CreateDirectory(partial);
            byte[] text = JsonSerializer.SerializeToUtf8Bytes(manifest, Format);
            Write(Path.Combine(partial, State), state);
            Write(Path.Combine(partial, Manifest), text);
            string sums = Line(State, state) + Line(Manifest, text);
            Write(Path.Combine(partial, Checksums), Encoding.UTF8.GetBytes(sums));
            Directory.Move(partial, Path.Combine(_folder, name));
            Durable.SynchroniseFolder(_folder);
            Write(Path.Combine(_folder, Latest), Encoding.UTF8.GetBytes(name + "\n"));
            Prune();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(
                "A snapshot cannot be written",
                partial,
                found: error.Message,
                remedy: "free some room, then `hilrig learn resume`: the last snapshot is whole",
                inner: error);
        }
    }

    /// <summary>Reads the newest intact snapshot.</summary>
    /// <param name="configSha256">Hash of the configuration that goes on.</param>
    /// <param name="state">Receives its state.</param>
    /// <returns>What it is of; null when there is none.</returns>
    /// <exception cref="RecordingException">It is of another configuration.</exception>
    public SnapshotManifest? LoadNewest(string configSha256, out StateReader? state)
    {
        foreach (int number in Numbers().OrderDescending())
        {
            string folder = Path.Combine(
                _folder, number.ToString("D6", CultureInfo.InvariantCulture));
            if (!TryRead(folder, out SnapshotManifest? manifest, out byte[] bytes))
            {
                continue;
            }

            RequireOurs(manifest!, folder, configSha256);
            state = new StateReader(bytes, Path.Combine(folder, State));
            return manifest;
        }

        state = null;
        return null;
    }

    private static void RequireOurs(SnapshotManifest manifest, string folder, string configSha256)
    {
        if (manifest.Schema != SnapshotManifest.CurrentSchema)
        {
            throw new RecordingException(
                "A snapshot is of another version of HilRig",
                folder,
                FormattableString.Invariant($"schema {SnapshotManifest.CurrentSchema}"),
                FormattableString.Invariant($"schema {manifest.Schema}"));
        }

        if (manifest.ConfigSha256 != configSha256)
        {
            throw new RecordingException(
                "A snapshot is of another configuration",
                folder,
                configSha256,
                manifest.ConfigSha256,
                "the config.json that was in the run's folder when it was written");
        }
    }

    private static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        Durable.Write(path, stream => stream.Write(copy));
    }

    private static string Line(string name, ReadOnlySpan<byte> bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{Crc32.HashToUInt32(bytes):x8} {name}\n");

    private bool TryRead(string folder, out SnapshotManifest? manifest, out byte[] state)
    {
        manifest = null;
        state = [];
        try
        {
            state = File.ReadAllBytes(Path.Combine(folder, State));
            byte[] text = File.ReadAllBytes(Path.Combine(folder, Manifest));
            string sums = File.ReadAllText(Path.Combine(folder, Checksums));
            if (sums != Line(State, state) + Line(Manifest, text))
            {
                Damage.Add($"{folder}: the checksums do not hold");
                return false;
            }

            manifest = JsonSerializer.Deserialize<SnapshotManifest>(text, Format);
            return manifest is not null;
        }
        catch (Exception error) when (error is IOException or JsonException)
        {
            Damage.Add($"{folder}: {error.Message}");
            return false;
        }
    }

    private IEnumerable<int> Numbers() => Directory.GetDirectories(_folder)
        .Select(Path.GetFileName)
        .Where(name => name!.Length == 6 && name.All(char.IsAsciiDigit))
        .Select(name => int.Parse(name!, CultureInfo.InvariantCulture));

    private void Prune()
    {
        foreach (int number in Numbers().OrderDescending().Skip(Kept))
        {
            string name = number.ToString("D6", CultureInfo.InvariantCulture);
            string doomed = Path.Combine(_folder, Partial + name);
            Directory.Move(Path.Combine(_folder, name), doomed);
            Directory.Delete(doomed, recursive: true);
        }
    }
}
