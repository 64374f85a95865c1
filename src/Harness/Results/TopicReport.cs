using System.Text.Json.Serialization;

namespace HilRig.Harness.Results;

/// <summary>
/// One topic of the bridge: how much passed, how much did not, and how old it was.
/// </summary>
/// <param name="Passed">Messages that were sent or received.</param>
/// <param name="Superseded">Overwritten by a newer one first.</param>
/// <param name="Expired">Not sent, because its time had passed.</param>
/// <param name="Dropped">Lost because nobody read it in time.</param>
/// <param name="AgeP50Milliseconds">
/// Median age when taken: command, planned instant to the agent; state, sample to the loop. Null
/// where there is none.
/// </param>
/// <param name="AgeP99Milliseconds">99th percentile.</param>
/// <param name="AgeMaxMilliseconds">The oldest.</param>
public sealed record TopicReport(
    long Passed,
    long Superseded,
    long Expired,
    long Dropped,
    [property: JsonPropertyName("ageP50_ms")] double? AgeP50Milliseconds,
    [property: JsonPropertyName("ageP99_ms")] double? AgeP99Milliseconds,
    [property: JsonPropertyName("ageMax_ms")] double? AgeMaxMilliseconds);
