namespace HilRig.Sim.Dynamics;

/// <summary>
/// Offsets of the derived numbers of an impedance curve, wherever they begin.
/// </summary>
internal static class ImpedanceSlots
{
    public const int Min = 0;
    public const int Max = 1;
    public const int InverseWidth = 2;
    public const int Midpoint = 3;
    public const int Power = 4;
    public const int BelowScale = 5; // midpoint^(1 - power)
    public const int AboveScale = 6; // (1 - midpoint)^(1 - power)
}
