namespace HilRig.Sim.Models;

/// <summary>A named state.</summary>
/// <param name="Name">Name; empty when the file gives none.</param>
/// <param name="Position">Positions. Shape [position].</param>
/// <param name="Velocity">Velocities. Shape [dof].</param>
/// <param name="Control">Controls. Shape [actuator].</param>
/// <param name="Activation">Activations. Shape [activation].</param>
public sealed record ModelKeyframe(
    string Name,
    IReadOnlyList<double> Position,
    IReadOnlyList<double> Velocity,
    IReadOnlyList<double> Control,
    IReadOnlyList<double> Activation);
