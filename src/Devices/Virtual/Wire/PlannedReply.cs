namespace HilRig.Devices.Virtual.Wire;

/// <summary>A status packet a servo will send once it is its turn.</summary>
/// <param name="Servo">Index of the servo, or -1 where an asked servo does not answer.</param>
/// <param name="Address">First register.</param>
/// <param name="Count">Registers to send, bytes; 0 for a bare status.</param>
internal readonly record struct PlannedReply(int Servo, byte Address, byte Count);
