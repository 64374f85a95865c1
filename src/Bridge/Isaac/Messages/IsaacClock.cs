namespace HilRig.Bridge.Isaac.Messages;

/// <summary>Isaac's clocks at one frame.</summary>
/// <param name="SimulatedDeltaSeconds">Simulated time since the frame before, s.</param>
/// <param name="SystemDeltaSeconds">Wall time since then, s; 0 in Isaac's Python mode.</param>
/// <param name="SimulatedSeconds">Simulated time, s. Orders frames.</param>
/// <param name="SystemSeconds">Isaac's wall clock, s; means something on its own host only.</param>
public readonly record struct IsaacClock(
    double SimulatedDeltaSeconds,
    double SystemDeltaSeconds,
    double SimulatedSeconds,
    double SystemSeconds);
