namespace HilRig.Sim.Tests.Parity;

/// <summary>One drop of a model through contact.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Height">Mean height of the free bodies at the end, m.</param>
/// <param name="Depth">Deepest contact at the end, below 0, m.</param>
/// <param name="Impulse">Vertical impulse of all constraints on the free bodies, N·s.</param>
/// <param name="Energy">Kinetic energy in the middle, J.</param>
internal sealed record ParityDrop(
    SimState Start, double Height, double Depth, double Impulse, double Energy)
{
    /// <summary>Step before which the energy is taken.</summary>
    public const int Middle = 80;
}
