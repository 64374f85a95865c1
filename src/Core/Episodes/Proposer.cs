namespace HilRig.Core.Episodes;

/// <summary>Who proposed the action of a step.</summary>
public enum Proposer : byte
{
    /// <summary>The actor that reinforcement learning trains.</summary>
    Reinforcement,

    /// <summary>The imitation policy.</summary>
    Imitation,

    /// <summary>A person who corrects.</summary>
    Human,

    /// <summary>A scripted demonstrator.</summary>
    Script,

    /// <summary>Uniform random numbers.</summary>
    Random,

    /// <summary>A safety rule that held the arm.</summary>
    Safety,
}
