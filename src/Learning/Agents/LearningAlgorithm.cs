namespace HilRig.Learning.Agents;

/// <summary>How a policy is learnt.</summary>
internal enum LearningAlgorithm
{
    /// <summary>Behaviour cloning: the imitation policy alone.</summary>
    Bc,

    /// <summary>TD3 with demonstrations in its replay (Fujimoto et al. 2018).</summary>
    Td3,

    /// <summary>
    /// Imitation bootstrapped: actor and imitation policy both propose, while acting and in the
    /// target (Hu et al. 2024).
    /// </summary>
    Ibrl,

    /// <summary>
    /// Half of each batch from the demonstrations (Ball et al. 2023), on TD3 as Hu et al. compare.
    /// </summary>
    Rlpd,

    /// <summary>Actor pretrained by imitation and regularised towards it (Hu et al. 2024).
    /// </summary>
    Rft,
}
