namespace HilRig.Sim.Batch;

/// <summary>What a batch does about an env whose status is not good.</summary>
public enum FaultPolicy
{
    /// <summary>
    /// Throws a <see cref="Core.Errors.ModelException"/> after the step that says which envs and
    /// what; all envs have taken the step, good ones are good.
    /// </summary>
    Throw,

    /// <summary>Goes on; the status says so until the env is reset.</summary>
    Continue,

    /// <summary>Resets envs that are not finite, counts them, and goes on.</summary>
    Reset,
}
