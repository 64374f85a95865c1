namespace HilRig.Tasks.Policies;

/// <summary>Networks of a policy, and so which of its outputs mean something.</summary>
public enum PolicyProposals
{
    /// <summary>
    /// Actor, imitation and critics: the critics choose (IBRL). All six outputs mean what they say.
    /// </summary>
    ActorAndImitation,

    /// <summary>
    /// Actor and critics (TD3, RLPD, RFT): a_il is a_rl, q_il is q_rl, and there is nothing to fall
    /// back on.
    /// </summary>
    ActorOnly,

    /// <summary>
    /// Imitation alone (BC): a_rl is a_il, and q_rl, q_il and q_spread are 0 and mean nothing.
    /// </summary>
    ImitationOnly,
}
