using HilRig.Sim.Spatial;

namespace HilRig.Sim;

/// <summary>A contact of a step. SI units, world frame.</summary>
/// <param name="FirstGeom">Geom of the lower shape type, or of the lower index.</param>
/// <param name="SecondGeom">The other geom.</param>
/// <param name="Dimension">Contact dimension: 1, 3, 4 or 6.</param>
/// <param name="Distance">Distance of the surfaces, m; below 0 when they overlap.</param>
/// <param name="Position">Midpoint of the overlap, m.</param>
/// <param name="Normal">Unit vector from the first geom to the second.</param>
/// <param name="FirstTangent">Unit vector of the first friction direction.</param>
/// <param name="SecondTangent">Unit vector of the second friction direction.</param>
/// <param name="Force">
/// Force on the second geom: normal and two tangents, N; spin and two rolls, N·m. 0 without
/// friction. Shape [6].
/// </param>
public sealed record SimulatedContact(
    int FirstGeom,
    int SecondGeom,
    int Dimension,
    double Distance,
    Vector3 Position,
    Vector3 Normal,
    Vector3 FirstTangent,
    Vector3 SecondTangent,
    IReadOnlyList<double> Force);
