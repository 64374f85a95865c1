namespace HilRig.Harness.Results;

/// <summary>A dated remark of a run.</summary>
/// <param name="TimeSeconds">Since the first measured phase began, s; negative before it.</param>
/// <param name="Kind">"phase", "fault", "stop" or "note".</param>
/// <param name="Text">What happened.</param>
public sealed record RunEvent(double TimeSeconds, string Kind, string Text);
