namespace HilRig.Core.Time;

/// <summary>
/// What sets the pace of a control loop: an absolute time grid (host-clocked) or a device's packets
/// (device-clocked).
/// </summary>
public interface ITickSource
{
    /// <summary>Waits for the next tick.</summary>
    /// <param name="tick">The tick, when the result is <see cref="TickStatus.Due"/>.</param>
    TickStatus WaitNext(out Tick tick);
}
