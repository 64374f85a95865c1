namespace HilRig.Sim.Dynamics;

/// <summary>What is added to the mass matrix before the velocity is integrated.</summary>
internal enum IntegrationRule
{
    /// <summary>Nothing: the constrained acceleration is used as it is.</summary>
    Explicit,

    /// <summary>h · damping.</summary>
    ImplicitDamping,

    /// <summary>h · (damping - derivative of actuator forces by velocity).</summary>
    ImplicitFast,

    /// <summary>Four stages, each explicit.</summary>
    RungeKutta,
}
