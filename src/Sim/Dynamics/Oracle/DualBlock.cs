namespace HilRig.Sim.Dynamics.Oracle;

/// <summary>Constraint rows that share a set of allowed forces, dense.</summary>
/// <param name="Shape">Quadratic, Huber, OneSided (one row each) or Cone.</param>
/// <param name="Jacobian">J by rows. Shape [row, dof].</param>
/// <param name="Regularization">R of each row.</param>
/// <param name="Reference">aref of each row.</param>
/// <param name="Bounds">
/// Friction loss of a Huber row; friction of each tangent of a cone; else empty.
/// </param>
internal sealed record DualBlock(
    CostShape Shape,
    double[][] Jacobian,
    double[] Regularization,
    double[] Reference,
    double[] Bounds);
