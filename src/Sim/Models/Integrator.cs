namespace HilRig.Sim.Models;

/// <summary>How a step goes from acceleration to the next state.</summary>
public enum Integrator
{
    /// <summary>Semi-implicit Euler; joint damping is implicit unless eulerdamp is off.</summary>
    Euler,

    /// <summary>
    /// Implicit in damping and actuator velocity gains; Coriolis derivatives left out.
    /// </summary>
    ImplicitFast,

    /// <summary>Runge-Kutta of fourth order; damping explicit.</summary>
    RungeKutta4,
}
