namespace HilRig.Sim.Tables;

/// <summary>A table to read.</summary>
/// <param name="Reader">Its text.</param>
/// <param name="Place">Its name in errors.</param>
public sealed record TableInput(TextReader Reader, string Place);
