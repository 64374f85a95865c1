namespace HilRig.Core.Time;

/// <summary>An instant that was taken from one clock to another.</summary>
/// <param name="Nanoseconds">The instant on the other clock.</param>
/// <param name="UncertaintyNanoseconds">Largest error of it.</param>
public readonly record struct MappedInstant(long Nanoseconds, long UncertaintyNanoseconds);
