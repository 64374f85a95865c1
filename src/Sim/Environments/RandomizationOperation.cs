namespace HilRig.Sim.Environments;

/// <summary>What a random number does to the model's own.</summary>
public enum RandomizationOperation
{
    /// <summary>Takes its place.</summary>
    Absolute,

    /// <summary>Is added to it.</summary>
    Add,

    /// <summary>Is a factor of it.</summary>
    Scale,
}
