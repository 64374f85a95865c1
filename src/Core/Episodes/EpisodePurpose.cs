namespace HilRig.Core.Episodes;

/// <summary>What an episode was made for.</summary>
public enum EpisodePurpose : byte
{
    /// <summary>A demonstration.</summary>
    Demonstration,

    /// <summary>First episodes of the replay, before any update.</summary>
    WarmUp,

    /// <summary>Learning.</summary>
    Training,

    /// <summary>Measuring a policy; never learnt from.</summary>
    Evaluation,
}
