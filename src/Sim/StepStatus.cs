namespace HilRig.Sim;

/// <summary>What a step of one env ended with.</summary>
public enum StepStatus
{
    /// <summary>The state is good.</summary>
    Ok,

    /// <summary>
    /// The constraint solve did not arrive; the state is finite but not to be trusted.
    /// </summary>
    Unconverged,

    /// <summary>
    /// More contacts than the model's ContactMax; the state lacks forces and is not to be trusted.
    /// </summary>
    ContactOverflow,

    /// <summary>A position, velocity or acceleration is infinite or NaN; reset the env.</summary>
    NotFinite,
}
