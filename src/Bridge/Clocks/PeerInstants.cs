using HilRig.Core.Joints;
using HilRig.Core.Time;

namespace HilRig.Bridge.Clocks;

/// <summary>
/// Takes the instants of commands to the agent's clock and those of states back. On one machine
/// both are one clock and nothing changes. Allocates nothing.
/// </summary>
internal static class PeerInstants
{
    /// <summary>An instant on the agent's clock; 0 stays "not stamped".</summary>
    /// <param name="clock">What is known of the agent's clock.</param>
    /// <param name="local">The instant here, ns.</param>
    /// <param name="isDeadline">Whether it must not be read later than it is.</param>
    public static long ToPeer(this ClockMap clock, long local, bool isDeadline)
    {
        MappedInstant mapped = clock.ToPeer(local);

        // What must not happen after a deadline must not happen after its earliest reading either.
        return local == 0 ? 0
            : isDeadline ? mapped.Nanoseconds - mapped.UncertaintyNanoseconds
            : mapped.Nanoseconds;
    }

    /// <summary>Takes the agent's stamps of a state to the local clock.</summary>
    /// <param name="clock">What is known of the agent's clock.</param>
    /// <param name="state">The state as it came.</param>
    public static void ToLocal(this ClockMap clock, JointState state)
    {
        if (ReferenceEquals(clock, ClockMap.SameClock))
        {
            return;
        }

        state.SampledNanoseconds = Stamp(clock, state.SampledNanoseconds);
        HopStamps stamps = state.Stamps;
        stamps.Planned = Stamp(clock, stamps.Planned);
        stamps.CommandSent = Stamp(clock, stamps.CommandSent);
        stamps.AgentReceived = Stamp(clock, stamps.AgentReceived);
        stamps.BusWriteStart = Stamp(clock, stamps.BusWriteStart);
        stamps.BusWriteEnd = Stamp(clock, stamps.BusWriteEnd);
        stamps.BusReply = Stamp(clock, stamps.BusReply);
        state.Stamps = stamps;
    }

    private static long Stamp(ClockMap clock, long peer) =>
        peer == 0 ? 0 : clock.ToLocal(peer).Nanoseconds;
}
