using System.Text.Json;
using HilRig.Core.Errors;

namespace HilRig.Recording.ServoLogs;

/// <summary>
/// STS3250 layout: an object with motor, trajectory, mass (kg), length (m), kp, vin (V) and entries
/// of timestamp (s), goal_position, position (rad), speed (rad/s), torque_enable, input_volts,
/// temp.
/// </summary>
internal static class JsonServoLog
{
    public static ServoLogRows Read(string path)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException error)
        {
            throw new ScenarioException(
                "this is not JSON",
                $"{path}:{error.LineNumber + 1}",
                found: error.Message.TrimEnd('.'),
                inner: error);
        }

        using (document)
        {
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("entries", out JsonElement entries)
                || entries.ValueKind != JsonValueKind.Array)
            {
                throw new ScenarioException(
                    "a servo recording has no rows", path, "an array \"entries\"");
            }

            var rows = new ServoLogRows
            {
                Bench = new ServoBench(
                    Text(root, "motor"),
                    Text(root, "trajectory"),
                    OptionalNumber(root, "mass"),
                    OptionalNumber(root, "length"),
                    OptionalNumber(root, "kp"),
                    OptionalNumber(root, "vin")),
            };
            int index = 0;
            foreach (JsonElement entry in entries.EnumerateArray())
            {
                string place = $"{path}, entry {index++}";
                rows.Add(ReadRow(entry, place), place);
            }

            return rows;
        }
    }

    private static ServoLogRow ReadRow(JsonElement entry, string place)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            throw new ScenarioException("a row is not an object", place);
        }

        return new ServoLogRow(
            Number(entry, "timestamp", place),
            Number(entry, "goal_position", place),
            Number(entry, "position", place),
            Number(entry, "speed", place),
            Flag(entry, "torque_enable", place),
            OptionalNumber(entry, "input_volts"),
            OptionalNumber(entry, "temp"));
    }

    private static double Number(JsonElement entry, string name, string place)
    {
        double value = OptionalNumber(entry, name);
        return double.IsNaN(value)
            ? throw new ScenarioException($"\"{name}\" is missing or not a number", place)
            : value;
    }

    private static double OptionalNumber(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : double.NaN;

    private static bool Flag(JsonElement entry, string name, string place) =>
        entry.TryGetProperty(name, out JsonElement value)
            && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw new ScenarioException($"\"{name}\" is missing or not true or false", place);

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
