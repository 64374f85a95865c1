using System.Text.Json;
using HilRig.Core.Errors;

namespace HilRig.Bridge.Isaac.Topics;

/// <summary>
/// Field numbers of the second generation's messages. Isaac's documentation does not give them, so
/// they are in a file that the user can replace, not in the code.
/// </summary>
public sealed class IsaacFieldNumbers
{
    private const int NumberMax = 536_870_911;

    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["Clock"] =
        [
            "delta_simulation_time", "delta_system_time", "simulation_time", "system_time",
        ],
        ["JointStates"] = ["names", "positions", "velocities", "timestamp"],
        ["JointCommand"] = ["names", "positions", "velocities"],
        ["Image"] = ["width", "height", "encoding", "data", "timestamp"],
    };

    private readonly Dictionary<string, int> _numbers;

    private IsaacFieldNumbers(Dictionary<string, int> numbers) => _numbers = numbers;

    /// <summary>The numbers we assume; unverified.</summary>
    public static IsaacFieldNumbers Assumed { get; } = ReadAssumed();

    /// <summary>Number of a field.</summary>
    /// <param name="message">Message, such as "JointStates".</param>
    /// <param name="field">Field, such as "names".</param>
    public int this[string message, string field] => _numbers[message + "." + field];

    /// <summary>Reads a file of numbers.</summary>
    /// <param name="path">A JSON file: message, field, number; null for the assumed ones.</param>
    /// <exception cref="ScenarioException">
    /// It cannot be read, a number is absent, out of range or used twice.
    /// </exception>
    public static IsaacFieldNumbers Load(string? path)
    {
        if (path is null)
        {
            return Assumed;
        }

        try
        {
            return Read(File.ReadAllText(path), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException(
                "the file of field numbers cannot be read", path,
                found: error.Message.TrimEnd('.'), inner: error);
        }
    }

    private static IsaacFieldNumbers ReadAssumed()
    {
        const string name = "HilRig.Bridge.Isaac.Topics.generation-two.json";
        using Stream stream = typeof(IsaacFieldNumbers).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return Read(reader.ReadToEnd(), name);
    }

    private static IsaacFieldNumbers Read(string text, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            var numbers = new Dictionary<string, int>();
            foreach ((string message, string[] fields) in Known)
            {
                ReadMessage(document.RootElement, message, fields, numbers, path);
            }

            return new IsaacFieldNumbers(numbers);
        }
        catch (JsonException error)
        {
            throw new ScenarioException(
                "the file of field numbers is no JSON", path,
                found: error.Message.TrimEnd('.'), inner: error);
        }
    }

    private static void ReadMessage(
        JsonElement root,
        string message,
        string[] fields,
        Dictionary<string, int> numbers,
        string path)
    {
        var used = new HashSet<int>();
        foreach (string field in fields)
        {
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty(message, out JsonElement part)
                || part.ValueKind != JsonValueKind.Object
                || !part.TryGetProperty(field, out JsonElement value)
                || value.ValueKind != JsonValueKind.Number
                || !value.TryGetInt32(out int number)
                || number is < 1 or > NumberMax
                || !used.Add(number))
            {
                throw new ScenarioException(
                    $"the number of {message}.{field} is missing, out of range or used twice",
                    path,
                    $"1 to {NumberMax}, each once in its message");
            }

            numbers[message + "." + field] = number;
        }
    }
}
