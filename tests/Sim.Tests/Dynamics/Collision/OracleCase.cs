namespace HilRig.Sim.Tests.Dynamics.Collision;

/// <summary>Two geoms in one pose, and what MuJoCo finds.</summary>
/// <param name="Kind">How the pose was drawn; see collide.mjs.</param>
/// <param name="IsStable">Whether MuJoCo finds the same after changes up to 1e-9.</param>
/// <param name="Place">Centres in the world, m. Shape [2, 3], flat.</param>
/// <param name="Turn">Rotations to the world. Shape [2, 3, 3], flat.</param>
/// <param name="Contacts">Each: distance, position [3], frame [3, 3].</param>
internal sealed record OracleCase(
    int Kind, bool IsStable, double[] Place, double[] Turn, double[][] Contacts);
