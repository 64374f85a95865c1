namespace HilRig.Sim.Gradients;

/// <summary>Whether an env's gradient can be used; where not, it is set to 0.</summary>
public enum GradientStatus
{
    /// <summary>It can.</summary>
    Ok,

    /// <summary>A state of its rollout is infinite or NaN.</summary>
    StateNotFinite,

    /// <summary>A constraint solve of its rollout did not arrive.</summary>
    Unconverged,

    /// <summary>The gradient itself is infinite or NaN.</summary>
    GradientNotFinite,

    /// <summary>The gradient by the first state is larger than allowed.</summary>
    Exploded,
}
