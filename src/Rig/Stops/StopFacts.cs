using HilRig.Core.Joints;
using HilRig.Core.RealTime;

namespace HilRig.Rig.Stops;

/// <summary>What a heartbeat page says of the stop. Instants CLOCK_MONOTONIC ns.</summary>
public sealed record StopFacts
{
    /// <summary>Why the agent stopped first; None while it has not.</summary>
    public StopReason AgentReason { get; private init; }

    /// <summary>When the agent latched its stop; 0 for never.</summary>
    public long AgentStopNanoseconds { get; private init; }

    /// <summary>Whether every servo confirmed the agent's posture.</summary>
    public bool IsAgentAcknowledged { get; private init; }

    /// <summary>When the agent last beat.</summary>
    public long AgentBeatNanoseconds { get; private init; }

    /// <summary>Why the guardian took over; None while it has not.</summary>
    public StopReason GuardianReason { get; private init; }

    /// <summary>When it decided to; 0 for never.</summary>
    public long GuardianStopNanoseconds { get; private init; }

    /// <summary>Whether every servo confirmed the guardian's posture.</summary>
    public bool IsGuardianAcknowledged { get; private init; }

    /// <summary>When the guardian last looked.</summary>
    public long GuardianBeatNanoseconds { get; private init; }

    /// <summary>Whether the guardian ended before anybody asked it to.</summary>
    public bool HasGuardianDied { get; init; }

    /// <summary>
    /// Whether the guardian brought the rig to its posture. One that takes over an arm which its
    /// agent has proved safe only finishes the work.
    /// </summary>
    public bool IsByGuardian => GuardianReason != StopReason.None && !IsAgentAcknowledged;

    /// <summary>The first reason; None when nobody stopped the rig.</summary>
    public StopReason Cause => (AgentReason, HasGuardianDied) switch
    {
        (StopReason.None, _) => GuardianReason,
        (StopReason.Requested, true) => StopReason.Unguarded,
        _ => AgentReason,
    };

    /// <summary>When agent or guardian first decided to stop; 0 for never.</summary>
    public long DecidedNanoseconds =>
        AgentStopNanoseconds != 0 ? AgentStopNanoseconds : GuardianStopNanoseconds;

    /// <summary>Whether every servo confirmed the posture.</summary>
    public bool IsAcknowledged => IsAgentAcknowledged || IsGuardianAcknowledged;

    /// <summary>Copies the page.</summary>
    /// <param name="page">The rig's page.</param>
    public static StopFacts Read(HeartbeatPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return new StopFacts
        {
            AgentReason = page.AgentStopReason,
            AgentStopNanoseconds = page.AgentStopNanoseconds,
            IsAgentAcknowledged = page.AgentStopAcknowledged,
            AgentBeatNanoseconds = page.AgentBeatNanoseconds,
            GuardianReason = page.GuardianStopReason,
            GuardianStopNanoseconds = page.GuardianStopNanoseconds,
            IsGuardianAcknowledged = page.GuardianStopAcknowledged,
            GuardianBeatNanoseconds = page.GuardianBeatNanoseconds,
        };
    }
}
