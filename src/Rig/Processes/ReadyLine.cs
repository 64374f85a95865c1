using System.Text.Json;
using System.Text.Json.Serialization;
using HilRig.Core.Errors;

namespace HilRig.Rig.Processes;

/// <summary>
/// The one line of JSON a child process writes to its standard output: either that it is ready and
/// where it can be reached, or why it could not start.
/// </summary>
internal sealed record ReadyLine
{
    /// <summary>Role of the child: "agent", "guardian", "emulator".</summary>
    public required string Role { get; init; }

    /// <summary>Its process id.</summary>
    public int Pid { get; init; }

    /// <summary>
    /// Where it can be reached: an endpoint or a port name; null when it serves nothing.
    /// </summary>
    public string? Endpoint { get; init; }

    /// <summary>Where other machines reach it by TLS; null when they do not.</summary>
    public string? Gate { get; init; }

    /// <summary>The key they must know it by; null without a gate.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>What it could not get of the real-time kit, one remark each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Why it could not start; null when it did.</summary>
    public ReadyError? Error { get; init; }

    /// <summary>The line's text.</summary>
    public string Encode() => JsonSerializer.Serialize(this, ReadyLineJson.Default.ReadyLine);

    /// <summary>Reads a line; throws <see cref="ProtocolException"/> on anything else.</summary>
    /// <param name="role">Role of the child that wrote it.</param>
    /// <param name="line">The line.</param>
    public static ReadyLine Decode(string role, string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ReadyLineJson.Default.ReadyLine)
                ?? throw new JsonException("null");
        }
        catch (JsonException inner)
        {
            throw new ProtocolException(
                $"The {role} process did not say that it is ready",
                expected: "one line of JSON",
                found: line,
                remedy: $"run 'hilrig {role}' by hand to see what it prints",
                inner: inner);
        }
    }
}

/// <summary>A <see cref="RigException"/> on its way from child to parent.</summary>
internal sealed record ReadyError(
    string Kind, string What, string? Where, string? Expected, string? Found, string? Remedy)
{
    /// <summary>Packs an exception.</summary>
    public static ReadyError From(RigException error) => new(
        error.GetType().Name, error.What, error.Where, error.Expected, error.Found, error.Remedy);

    /// <summary>The same exception on the parent's side.</summary>
    public RigException ToException() => Kind switch
    {
        nameof(ScenarioException) => new ScenarioException(What, Where, Expected, Found, Remedy),
        nameof(ModelException) => new ModelException(What, Where, Expected, Found, Remedy),
        nameof(ProtocolException) => new ProtocolException(What, Where, Expected, Found, Remedy),
        _ => new DeviceException(What, Where, Expected, Found, Remedy),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReadyLine))]
internal sealed partial class ReadyLineJson : JsonSerializerContext;
