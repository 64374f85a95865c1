using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using HilRig.Core.Errors;
using HilRig.Core.Joints;

namespace HilRig.Devices.Guardian;

/// <summary>
/// The latched stop of a rig as a file, so that it survives the end of every process and session.
/// It is cleared by an explicit re-arm only.
/// </summary>
public sealed class RigLatch
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The latch of a rig.</summary>
    /// <param name="key">The rig.</param>
    public RigLatch(RigKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Path = key.StatePathOf(".latch.json");
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Latches a stop. The file appears whole or not at all.</summary>
    /// <param name="stop">The stop.</param>
    public void Write(LatchedStop stop) => WriteTo(Path, stop);

    /// <summary>Writes a file of the same kind beside the latch, and deletes it.</summary>
    internal void Rehearse()
    {
        string path = Path + ".rehearsal";
        WriteTo(path, new LatchedStop(
            StopReason.None, DateTimeOffset.UnixEpoch, Acknowledged: false, "a rehearsal"));
        File.Delete(path);
    }

    private static void WriteTo(string path, LatchedStop stop)
    {
        string temporary = path + ".new";
        using (var stream = new FileStream(
            temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, stop, Format);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>
    /// The latched stop; null when there is none. A file that cannot be read counts as a stop: a
    /// damaged latch must not free a rig.
    /// </summary>
    public LatchedStop? Read()
    {
        try
        {
            using FileStream stream = File.OpenRead(Path);
            return JsonSerializer.Deserialize<LatchedStop>(stream, Format)
                ?? Unreadable("it is empty");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (
            error is JsonException or IOException or UnauthorizedAccessException)
        {
            return Unreadable(error.Message);
        }
    }

    /// <summary>Re-arms: removes the latch.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Clear()
    {
        bool existed = File.Exists(Path);
        File.Delete(Path);
        return existed;
    }

    /// <summary>Refuses to go on while a stop is latched.</summary>
    /// <exception cref="DeviceException">A stop is latched.</exception>
    public void RequireClear()
    {
        if (Read() is LatchedStop stop)
        {
            throw new DeviceException(
                "the rig is stopped and stays so until a person re-arms it",
                Path,
                "no latched stop",
                $"{stop.Reason} at {stop.Time:u}, posture "
                    + (stop.Acknowledged ? "confirmed by every servo: " : "NOT confirmed: ")
                    + stop.Detail,
                "look at the rig, then re-arm it (see docs/safety.md)");
        }
    }

    private LatchedStop Unreadable(string why) => new(
        StopReason.AgentDied,
        File.GetLastWriteTimeUtc(Path),
        Acknowledged: false,
        "the latch file cannot be read: " + why);
}
