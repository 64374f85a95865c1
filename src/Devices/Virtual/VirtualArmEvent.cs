namespace HilRig.Devices.Virtual;

/// <summary>Something that happened on a virtual arm.</summary>
/// <param name="ArmNanoseconds">
/// When, in time of the arm (0 is power-on), at a step boundary.
/// </param>
/// <param name="ServoId">Which servo.</param>
/// <param name="Kind">What.</param>
/// <param name="Value">Its figure; see the kind.</param>
public readonly record struct VirtualArmEvent(
    long ArmNanoseconds, byte ServoId, VirtualArmEventKind Kind, double Value);
