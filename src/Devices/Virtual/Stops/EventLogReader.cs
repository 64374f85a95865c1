using System.Text.Json;

namespace HilRig.Devices.Virtual.Stops;

/// <summary>Reads the events file of an emulator (<c>hilrig emulate --events</c>).</summary>
public static class EventLogReader
{
    /// <summary>Reads every whole line; an emulator that was killed may leave half a one.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The events, in order of their stamps.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<StampedEvent> Read(string path)
    {
        using var file = new FileStream(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        var events = new List<StampedEvent>();
        while (reader.ReadLine() is { } line)
        {
            if (TryParse(line, out StampedEvent found))
            {
                events.Add(found);
            }
        }

        return [.. events.OrderBy(one => one.Nanoseconds)];
    }

    private static bool TryParse(string line, out StampedEvent found)
    {
        found = default;
        try
        {
            using var json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            bool isKnown = Enum.TryParse(
                root.GetProperty("kind").GetString(), out VirtualArmEventKind kind);
            found = new StampedEvent(
                root.GetProperty("monotonic_ns").GetInt64(),
                root.GetProperty("servo").GetByte(),
                kind,
                root.GetProperty("value").GetDouble());
            return isKnown;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException)
        {
            return false;
        }
    }
}
