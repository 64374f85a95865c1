namespace HilRig.Sim.Batch;

/// <summary>
/// Whether a CPU steps by code that is compiled for the model: without loops, addresses and what
/// the model's zeros make vanish. Takes some tenths of a second, once. Numbers are the same but for
/// the sign of a zero.
/// </summary>
public enum StepCompilation
{
    /// <summary>
    /// For 64 envs and more in lanes of floats, of a model whose whole step can be: without
    /// contacts, friction and equalities. Never in doubles.
    /// </summary>
    Auto,

    /// <summary>
    /// Whatever can be: of a model with contacts what precedes its constraints.
    /// </summary>
    Always,

    /// <summary>Never.</summary>
    Never,
}
