using System.Text.Json;
using System.Text.Json.Serialization;
using HilRig.Core.Errors;

namespace HilRig.Harness.Results;

/// <summary>Results as JSON and back: run.json, and what <c>hilrig run --json</c> prints.</summary>
public static class ResultJson
{
    /// <summary>The contract's object, indented.</summary>
    /// <param name="suite">Finished runs.</param>
    public static string Write(SuiteSummary suite) =>
        JsonSerializer.Serialize(suite, ResultJsonContext.Default.SuiteSummary);

    /// <summary>The text of run.json, indented.</summary>
    /// <param name="run">A finished run.</param>
    public static string Write(RunResult run) =>
        JsonSerializer.Serialize(run, ResultJsonContext.Default.RunResult);

    /// <summary>Reads what <c>hilrig run --json</c> printed.</summary>
    /// <param name="json">Its standard output.</param>
    /// <exception cref="ProtocolException">It is not that object.</exception>
    public static SuiteSummary ReadSuite(string json) => Read(
        json, text => JsonSerializer.Deserialize(text, ResultJsonContext.Default.SuiteSummary));

    /// <summary>Reads run.json.</summary>
    /// <param name="json">The file's text.</param>
    /// <exception cref="ProtocolException">It is not that object, or a newer schema.</exception>
    public static RunResult ReadRun(string json)
    {
        RunResult run = Read(
            json, text => JsonSerializer.Deserialize(text, ResultJsonContext.Default.RunResult));
        return run.SchemaVersion <= RunResult.CurrentSchemaVersion
            ? run
            : throw new ProtocolException(
                "run.json has a newer schema",
                expected: $"schemaVersion up to {RunResult.CurrentSchemaVersion}",
                found: $"{run.SchemaVersion}",
                remedy: "read it with the HilRig that wrote it");
    }

    private static T Read<T>(string json, Func<string, T?> parse)
        where T : class
    {
        try
        {
            return parse(json) ?? throw new JsonException("null");
        }
        catch (JsonException cause)
        {
            throw new ProtocolException(
                "This is not a HilRig result",
                expected: $"the JSON of {typeof(T).Name}",
                found: cause.Message,
                inner: cause);
        }
    }
}

/// <summary>Source-generated serialisation of results.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(SuiteSummary))]
[JsonSerializable(typeof(RunResult))]
internal sealed partial class ResultJsonContext : JsonSerializerContext;
