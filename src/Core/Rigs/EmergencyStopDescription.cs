namespace HilRig.Core.Rigs;

/// <summary>The input by which the guardian reads the rig's emergency stop.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Chip">GPIO chip; for a virtual one the emulator's panel, "" until it runs.</param>
/// <param name="Line">Line of the chip, from 0.</param>
/// <param name="IsActiveLow">GPIO: whether low voltage means released.</param>
/// <param name="Category">What becomes of the power.</param>
public sealed record EmergencyStopDescription(
    EmergencyStopKind Kind,
    string Chip,
    int Line,
    bool IsActiveLow,
    EmergencyStopCategory Category);
