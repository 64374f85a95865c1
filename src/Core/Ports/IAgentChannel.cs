using HilRig.Core.Joints;
using HilRig.Core.Sessions;

namespace HilRig.Core.Ports;

/// <summary>
/// The agent's side of the bridge, as its real-time loop sees it: latest-wins in both directions,
/// no allocation, no socket. Any transport can stand behind it.
/// </summary>
public interface IAgentChannel
{
    /// <summary>Who may command now; the default value when nobody has a session.</summary>
    SessionKey Owner { get; }

    /// <summary>Why the newest <see cref="AgentRequest.Stop"/> was asked for.</summary>
    StopReason RequestedStop { get; }

    /// <summary>Waits for a request; wakes early when one comes.</summary>
    /// <param name="untilNanoseconds">When to give up, CLOCK_MONOTONIC ns.</param>
    /// <returns>Everything that came since the last call.</returns>
    AgentRequest Wait(long untilNanoseconds);

    /// <summary>
    /// Takes the newest command; an older one that was never taken is overwritten.
    /// </summary>
    /// <param name="command">Receives the command.</param>
    /// <param name="envelope">Who sent it and when.</param>
    /// <returns>False when no unread command is there.</returns>
    bool TryTakeCommand(JointCommand command, out CommandEnvelope envelope);

    /// <summary>
    /// Hands a state to the bridge, which sends it to the owner and to observers.
    /// </summary>
    /// <param name="state">The state; copied.</param>
    /// <param name="report">The agent's counters; copied.</param>
    void Publish(JointState state, AgentReport report);
}
