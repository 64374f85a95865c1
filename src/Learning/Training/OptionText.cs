using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HilRig.Core.Errors;

namespace HilRig.Learning.Training;

/// <summary>Options as JSON and as `--set name=value`.</summary>
internal static class OptionText
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, false) },
        IgnoreReadOnlyProperties = true,
    };

    /// <summary>The text of config.json.</summary>
    /// <param name="options">The options.</param>
    public static string Write(TrainingOptions options) =>
        JsonSerializer.Serialize(options, Format) + "\n";

    /// <summary>Reads a config.json.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="where">Its path, for messages.</param>
    /// <exception cref="ScenarioException">It is none.</exception>
    public static TrainingOptions Read(string text, string where)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingOptions>(text, Format)
                ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new ScenarioException(
                "This is no configuration of a run of learning",
                where,
                found: error.Message,
                remedy: "the folder of a run, as `hilrig learn … --out` made it",
                inner: error);
        }
    }

    /// <summary>SHA-256 of the configuration, lower-case hex.</summary>
    /// <param name="options">The options.</param>
    public static string Sha256(TrainingOptions options) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Write(options))));

    /// <summary>Changes options by name.</summary>
    /// <param name="options">The options.</param>
    /// <param name="settings">Each "name=value", names as in config.json.</param>
    /// <exception cref="ScenarioException">A name or a value is wrong.</exception>
    public static TrainingOptions Set(TrainingOptions options, IEnumerable<string> settings)
    {
        JsonObject root = JsonSerializer.SerializeToNode(options, Format)!.AsObject();
        JsonObject agent = root["agent"]!.AsObject();
        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? setting : setting[..equals].Trim();
            JsonObject owner = agent.ContainsKey(name) ? agent : root;
            if (!owner.ContainsKey(name) || owner[name] is JsonObject || equals < 0)
            {
                throw Unknown(setting, name, [.. Names(root), .. Names(agent)]);
            }

            owner[name] = Parse(owner[name]!.GetValueKind(), setting[(equals + 1)..].Trim(), name);
        }

        return Read(root.ToJsonString(), "--set");
    }

    private static IEnumerable<string> Names(JsonObject options) =>
        options.Where(option => option.Value is not JsonObject).Select(option => option.Key);

    private static JsonValue Parse(JsonValueKind kind, string text, string name)
    {
        switch (kind)
        {
            case JsonValueKind.String:
                return JsonValue.Create(text);
            case JsonValueKind.True or JsonValueKind.False
                when bool.TryParse(text, out bool truth):
                return JsonValue.Create(truth);
            case JsonValueKind.Number
                when long.TryParse(text, CultureInfo.InvariantCulture, out long whole):
                return JsonValue.Create(whole);
            case JsonValueKind.Number
                when double.TryParse(text, CultureInfo.InvariantCulture, out double number):
                return JsonValue.Create(number);
            default:
                throw new ScenarioException(
                    "An option has a value of another kind",
                    "--set " + name,
                    kind == JsonValueKind.Number ? "a number" : "true or false",
                    text);
        }
    }

    private static ScenarioException Unknown(string setting, string name, List<string> names)
    {
        if (names.Contains(name))
        {
            return new("An option lacks its value", "--set " + setting, $"{name}=VALUE", setting);
        }

        IEnumerable<string> near = names.OrderBy(other => Distance(name, other)).Take(3);
        return new(
            "There is no such option",
            "--set " + setting,
            string.Join(", ", near),
            name,
            "a name of the run's config.json");
    }

    // Levenshtein 1966, without regard to case.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                bool same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                int cost = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = cost;
            }
        }

        return row[b.Length];
    }
}
