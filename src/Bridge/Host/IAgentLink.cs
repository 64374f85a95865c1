using HilRig.Bridge.Protos;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;
using HilRig.Core.Time;

namespace HilRig.Bridge.Host;

/// <summary>
/// One session with an agent, whichever lane carries it. The seam for another lane: open it in
/// <see cref="AgentLinks.Connect"/>, by the scheme of its addresses.
/// </summary>
/// <remarks>
/// The loop's thread uses <see cref="Writable"/>, <see cref="Send"/>, <see cref="TryRead"/>,
/// <see cref="Health"/> and the waits; the rest is for any thread. Nothing here blocks but the two
/// waits and <see cref="IDisposable.Dispose"/>, and nothing allocates but <see cref="Counters"/>.
/// </remarks>
internal interface IAgentLink : IDisposable
{
    /// <summary>The agent's answer in the handshake.</summary>
    Welcome Welcome { get; }

    /// <summary>What was counted so far.</summary>
    LinkCounters Counters { get; }

    /// <summary>Health in the newest state; null before the first one.</summary>
    PlantHealth? Health { get; }

    /// <summary>
    /// Whether the agent's process is gone: no sign of life for too long, or it no longer knows
    /// this session.
    /// </summary>
    bool IsSilent { get; }

    /// <summary>
    /// Whether the agent is gone or its real-time loop hangs: silent, or no new state for too long
    /// since the first one.
    /// </summary>
    bool IsLost { get; }

    /// <summary>Whether the agent says that it no longer knows our session.</summary>
    bool IsExpelled { get; }

    /// <summary>
    /// The agent's clock; <see cref="ClockMap.SameClock"/> on one machine.
    /// </summary>
    ClockMap Clock { get; }

    /// <summary>The command to fill before <see cref="Send"/>.</summary>
    JointCommand Writable { get; }

    /// <summary>
    /// What is added to session and token of each command from now on (fault injection); the
    /// default value sends them under the true ones.
    /// </summary>
    SessionKey Disguise { set; }

    /// <summary>Makes the filled command the newest one; an expired one is not sent.</summary>
    void Send();

    /// <summary>Asks the agent for something, until it has answered.</summary>
    /// <param name="kind">What; an earlier request of this kind is forgotten.</param>
    /// <param name="reason">Why, for a stop.</param>
    void Post(RequestKind kind, StopReason reason = StopReason.Requested);

    /// <summary>
    /// What the newest request of a kind was answered; Unspecified while it is open.
    /// </summary>
    /// <param name="kind">The kind.</param>
    AckStatus StatusOf(RequestKind kind);

    /// <summary>Copies the oldest unread state.</summary>
    /// <param name="state">Receives it.</param>
    bool TryRead(JointState state);

    /// <summary>Copies the newest report.</summary>
    /// <param name="report">Receives it.</param>
    void CopyReport(AgentReport report);

    /// <summary>Waits until an unread state is there; may return early.</summary>
    /// <param name="untilNanoseconds">When to give up.</param>
    void WaitForState(long untilNanoseconds);

    /// <summary>
    /// Waits until the agent says something new after what was looked at last; may return early.
    /// </summary>
    /// <param name="untilNanoseconds">When to give up.</param>
    void WaitForNews(long untilNanoseconds);
}
