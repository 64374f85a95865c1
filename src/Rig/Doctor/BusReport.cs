using System.Text.Json.Serialization;

namespace HilRig.Rig.Doctor;

/// <summary>What a bus of the rig was found to be.</summary>
/// <param name="Name">Its name in the rig file.</param>
/// <param name="Port">The port it hangs on.</param>
/// <param name="Baud">Bits per second.</param>
/// <param name="Servos">Its servos.</param>
/// <param name="Cycle">Reads of all servos in one transaction; null when none succeeded.</param>
/// <param name="FailedCycles">Such reads that failed.</param>
public sealed record BusReport(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("port")] string Port,
    [property: JsonPropertyName("baud")] int Baud,
    [property: JsonPropertyName("servos")] IReadOnlyList<ServoReport> Servos,
    [property: JsonPropertyName("cycle")] LatencySummary? Cycle,
    [property: JsonPropertyName("failedCycles")] int FailedCycles);

/// <summary>What a servo said.</summary>
/// <param name="Id">Bus id.</param>
/// <param name="Joint">Joint it moves.</param>
/// <param name="Answers">Whether it answered at all.</param>
/// <param name="ReturnDelayMicroseconds">
/// Pause it makes before each answer now, µs, from its own register; null when it did not say.
/// </param>
/// <param name="ConfiguredReturnDelayMicroseconds">
/// Pause it makes once an agent has connected, µs: 0, or what the rig file sets.
/// </param>
public sealed record ServoReport(
    [property: JsonPropertyName("id")] int Id,
    [property: JsonPropertyName("joint")] string Joint,
    [property: JsonPropertyName("answers")] bool Answers,
    [property: JsonPropertyName("returnDelay_us")] double? ReturnDelayMicroseconds,
    [property: JsonPropertyName("configuredReturnDelay_us")]
    double ConfiguredReturnDelayMicroseconds);
