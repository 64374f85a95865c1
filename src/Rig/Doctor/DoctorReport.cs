using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HilRig.Rig.Doctor;

/// <summary>
/// What this machine and rig can do, and what to fix. Its JSON is described by
/// docs/doctor.schema.json; a field changes its meaning only with the version.
/// </summary>
public sealed record DoctorReport
{
    /// <summary>Version of the JSON.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Exit code when nothing fails.</summary>
    public const int ExitWell = 0;

    /// <summary>
    /// Exit code when a finding fails: a timing verdict here would be inconclusive.
    /// </summary>
    public const int ExitUnfit = 20;

    /// <summary>Version of the JSON.</summary>
    [JsonPropertyName("schemaVersion")]
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>The machine.</summary>
    [JsonPropertyName("machine")]
    public required MachineSummary Machine { get; init; }

    /// <summary>The rig's name; null without one.</summary>
    [JsonPropertyName("rig")]
    public string? Rig { get; init; }

    /// <summary>Everything looked at, most useful first.</summary>
    [JsonPropertyName("findings")]
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What was measured.</summary>
    [JsonPropertyName("measurements")]
    public required DoctorMeasurements Measurements { get; init; }

    /// <summary>The rig's buses; empty without a rig.</summary>
    [JsonPropertyName("buses")]
    public required IReadOnlyList<BusReport> Buses { get; init; }

    /// <summary>The rate to expect.</summary>
    [JsonPropertyName("prediction")]
    public required LoopPrediction Prediction { get; init; }

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The report as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <summary>0, or 20 when a finding fails.</summary>
    [JsonPropertyName("exitCode")]
    public int ExitCode => Findings.Any(finding => finding.Severity == Severity.Fail)
        ? ExitUnfit
        : ExitWell;
}

/// <summary>The machine in a line.</summary>
/// <param name="Kernel">Kernel release.</param>
/// <param name="Preemption">Preemption model.</param>
/// <param name="Processor">Processor model.</param>
/// <param name="ProcessorCount">Logical processors.</param>
public sealed record MachineSummary(
    [property: JsonPropertyName("kernel")] string Kernel,
    [property: JsonPropertyName("preemption")] string Preemption,
    [property: JsonPropertyName("processor")] string Processor,
    [property: JsonPropertyName("processorCount")] int ProcessorCount);
