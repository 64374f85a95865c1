using HilRig.Core.Joints;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.RealTime;

/// <summary>
/// A state on its way from the agent's real-time thread to the publishing thread.
/// </summary>
/// <param name="dofCount">Number of joints.</param>
internal sealed class OutgoingState(int dofCount)
{
    /// <summary>The state.</summary>
    public JointState State { get; } = new(dofCount);

    /// <summary>The agent's counters.</summary>
    public AgentReport Report { get; } = new();

    /// <summary>Session whose command the state answers; 0 for none.</summary>
    public ulong AnsweredSessionId { get; set; }
}
