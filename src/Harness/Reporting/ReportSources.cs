namespace HilRig.Harness.Reporting;

/// <summary>Files behind a run, shown in the report; null where there is none.</summary>
/// <param name="ScenarioText">The scenario file, word for word.</param>
/// <param name="RigText">The rig file, word for word.</param>
public sealed record ReportSources(string? ScenarioText = null, string? RigText = null);
