using System.Text.Json;
using System.Text.Json.Serialization;
using HilRig.Core.Errors;
using HilRig.Tasks.Policies;

namespace HilRig.Harness.Policies;

/// <summary>
/// What an ONNX policy's numbers mean: a JSON file beside the graph. The graph has one input, float
/// [1, observation], and one output, float [1, action].
/// </summary>
public sealed record PolicyManifest
{
    /// <summary>Version of the manifest's schema; 1 today.</summary>
    public required int Schema { get; init; }

    /// <summary>Name used in reports.</summary>
    public required string Name { get; init; }

    /// <summary>The ONNX file, from the manifest's folder.</summary>
    public required string Model { get; init; }

    /// <summary>
    /// How often the policy was trained to be asked, Hz; the scenario's rate divides by it.
    /// </summary>
    public required double RateHertz { get; init; }

    /// <summary>Meaning of each input, in order.</summary>
    public required IReadOnlyList<ObservationEntry> Observation { get; init; }

    /// <summary>Meaning of each output, in order.</summary>
    public required IReadOnlyList<ActionEntry> Action { get; init; }

    /// <summary>Reads a manifest.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ScenarioException">It is absent or not a manifest.</exception>
    public static PolicyManifest Load(string path)
    {
        try
        {
            byte[] json = File.ReadAllBytes(path);
            PolicySchema.Require(json, 1, path);
            return JsonSerializer.Deserialize(json, PolicyJsonContext.Default.PolicyManifest)!;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new ScenarioException(
                "The policy manifest cannot be read",
                path,
                found: cause.Message.TrimEnd('.'),
                remedy: "controller.manifest is taken from the scenario's folder",
                inner: cause);
        }
        catch (JsonException cause)
        {
            throw new ScenarioException(
                "The policy manifest is not valid",
                path,
                "schema, name, model, rateHertz, observation, action",
                cause.Message.TrimEnd('.'),
                inner: cause);
        }
    }
}

/// <summary>One input of a policy: scale · (value − offset).</summary>
public sealed record ObservationEntry
{
    /// <summary>Joint name.</summary>
    public required string Joint { get; init; }

    /// <summary>Which value of the joint.</summary>
    public required ObservedValue Value { get; init; }

    /// <summary>Unit the policy was trained in; must be the joint's.</summary>
    public required string Unit { get; init; }

    /// <summary>Subtracted from the value.</summary>
    public required double Offset { get; init; }

    /// <summary>Multiplies the difference.</summary>
    public required double Scale { get; init; }
}

/// <summary>One output of a policy: the goal is offset + scale · output.</summary>
public sealed record ActionEntry
{
    /// <summary>Joint name.</summary>
    public required string Joint { get; init; }

    /// <summary>Unit of the goal; must be the joint's.</summary>
    public required string Unit { get; init; }

    /// <summary>
    /// Goal at output 0: the policy's default pose, where the measured phase begins.
    /// </summary>
    public required double Offset { get; init; }

    /// <summary>Multiplies the output.</summary>
    public required double Scale { get; init; }
}

/// <summary>Values of a joint that a policy may observe.</summary>
public enum ObservedValue
{
    /// <summary>Measured position.</summary>
    Position,

    /// <summary>Measured velocity.</summary>
    Velocity,

    /// <summary>The goal last commanded, after limits.</summary>
    Goal,
}

/// <summary>Source-generated reading of manifests.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PolicyManifest))]
internal sealed partial class PolicyJsonContext : JsonSerializerContext;
