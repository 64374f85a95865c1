namespace HilRig.Sim.Models;

/// <summary>How an actuator's activation follows its control.</summary>
public enum ActuatorDynamics
{
    /// <summary>No activation: the control acts at once.</summary>
    None,

    /// <summary>ȧ = u.</summary>
    Integrator,

    /// <summary>ȧ = (u - a) / τ, by Euler's rule.</summary>
    Filter,

    /// <summary>ȧ = (u - a) / τ, integrated exactly.</summary>
    FilterExact,
}
