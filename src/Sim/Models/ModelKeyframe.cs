namespace HilRig.Sim.Models;

/// <summary>A named state.</summary>
/// <param name="Name">Name; empty when the file gives none.</param>
/// <param name="Position">Joint positions. Shape [dof].</param>
/// <param name="Velocity">Joint velocities. Shape [dof].</param>
/// <param name="Control">Controls. Shape [actuator].</param>
public sealed record ModelKeyframe(
    string Name,
    IReadOnlyList<double> Position,
    IReadOnlyList<double> Velocity,
    IReadOnlyList<double> Control);
