namespace HilRig.Devices.Virtual.Stops;

/// <summary>An event of a virtual arm as its emulator logged it.</summary>
/// <param name="Nanoseconds">When, CLOCK_MONOTONIC ns.</param>
/// <param name="ServoId">Which servo.</param>
/// <param name="Kind">What.</param>
/// <param name="Value">Its figure; see the kind.</param>
public readonly record struct StampedEvent(
    long Nanoseconds, byte ServoId, VirtualArmEventKind Kind, double Value);
