namespace HilRig.Harness.Scenarios;

/// <summary>A recording that plays the part of the real plant.</summary>
/// <param name="Log">Path of the log, below the data folder.</param>
/// <param name="Joint">Name of its one joint, also in the twin's model.</param>
/// <param name="Where">File, line and column.</param>
public sealed record RecordedPlantSource(string Log, string Joint, string Where);
