namespace HilRig.Core.Rigs;

/// <summary>The switch of the servos' power, which stops a rig whatever its bus does.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Port">Port of the relay board or supply, or GPIO chip.</param>
/// <param name="Line">Relay on its board, from 1; or line of the chip, from 0.</param>
/// <param name="IsActiveLow">GPIO: whether low voltage gives power.</param>
public sealed record PowerDescription(
    PowerSwitchKind Kind, string Port, int Line, bool IsActiveLow)
{
    /// <summary>Supply: its baud rate; 0 for the usual one. Default 0.</summary>
    public int Baud { get; init; }
}
