namespace HilRig.Recording.Ticks;

/// <summary>A dated remark of a recording.</summary>
/// <param name="InstantNanoseconds">When, CLOCK_MONOTONIC ns.</param>
/// <param name="Kind">"phase", "fault", "stop" or "note".</param>
/// <param name="Text">What happened.</param>
public sealed record RecordedEvent(long InstantNanoseconds, string Kind, string Text);
