namespace HilRig.Sim.Tests.Parity;

/// <summary>State of an env with the control that acts in the next step.</summary>
internal sealed record SimState(
    double[] Position, double[] Velocity, double[] Activation, double[] Control);
