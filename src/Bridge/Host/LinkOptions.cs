using HilRig.Bridge.SharedMemory;
using HilRig.Core.Time;

namespace HilRig.Bridge.Host;

/// <summary>How patient a link is, and how it waits.</summary>
/// <param name="Handshake">How long the agent has to answer.</param>
/// <param name="Lost">Silence after which it counts as lost.</param>
/// <param name="Waiting">How the shared-memory lane waits.</param>
internal readonly record struct LinkOptions(
    TimeSpan Handshake, TimeSpan Lost, LaneWaiting Waiting = LaneWaiting.Blocking)
{
    /// <summary>
    /// The agent's clock, where it is on another machine; null: the same clock as ours.
    /// </summary>
    public ClockMap? Clock { get; init; }
}
