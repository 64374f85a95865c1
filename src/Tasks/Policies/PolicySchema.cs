using System.Text.Json;
using HilRig.Core.Errors;

namespace HilRig.Tasks.Policies;

/// <summary>Tells the two kinds of policy manifests apart before either is read.</summary>
public static class PolicySchema
{
    private static readonly string[] Kinds =
    [
        "schema 1, a policy of a scenario (controller: policy)",
        "schema 2, a policy of a task (hilrig learn)",
    ];

    /// <summary>Requires that a manifest is of a schema.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="expected">1 for a policy of a scenario, 2 for a policy of a task.</param>
    /// <param name="where">The file, for the message.</param>
    /// <exception cref="ScenarioException">It is none, or of the other kind.</exception>
    public static void Require(ReadOnlyMemory<byte> json, int expected, string where)
    {
        int found = Read(json, where);
        if (found != expected)
        {
            throw new ScenarioException(
                "The policy manifest is of another kind",
                where,
                Describe(expected),
                Describe(found));
        }
    }

    /// <summary>The schema of a manifest.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ScenarioException">It is absent or no manifest.</exception>
    public static int Read(string path)
    {
        try
        {
            return Read(File.ReadAllBytes(path), path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException(
                "The policy manifest cannot be read",
                path,
                found: cause.Message.TrimEnd('.'),
                inner: cause);
        }
    }

    private static int Read(ReadOnlyMemory<byte> json, string where)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("schema", out JsonElement schema)
                && schema.TryGetInt32(out int number))
            {
                return number;
            }

            throw new ScenarioException(
                "The file is no policy manifest", where, "an object with a number \"schema\"");
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw new ScenarioException(
                "The policy manifest is not valid",
                where,
                "a JSON object with a number \"schema\"",
                cause.Message.TrimEnd('.'),
                "whether the file is whole",
                cause);
        }
    }

    private static string Describe(int schema) => schema >= 1 && schema <= Kinds.Length
        ? Kinds[schema - 1]
        : FormattableString.Invariant($"schema {schema}");
}
