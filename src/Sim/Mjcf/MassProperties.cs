using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>Mass, centre of mass and inertia of a body or of one geom, in one frame.</summary>
/// <param name="Mass">Mass, kg.</param>
/// <param name="Center">Centre of mass, m.</param>
/// <param name="Inertia">Inertia about the centre of mass, kg·m².</param>
/// <param name="Axes">Rotation of the inertial frame; all 0 where nothing gives one.</param>
internal readonly record struct MassProperties(
    double Mass, Vector3 Center, SymmetricMatrix3 Inertia, UnitQuaternion Axes = default)
{
    /// <summary>The same mass with its inertial frame along the principal axes.</summary>
    public MassProperties AlongPrincipalAxes() =>
        this with { Axes = PrincipalAxes.Of(Inertia).Rotation };

    /// <summary>The same mass, seen from the frame in which this one has a pose.</summary>
    public MassProperties In(Pose pose)
    {
        (UnitQuaternion rotation, Vector3 diagonal) = Inertia.Decompose();
        return new(
            Mass,
            pose.Position + pose.Orientation.Rotate(Center),
            SymmetricMatrix3.FromPrincipal(pose.Orientation * rotation, diagonal),
            pose.Orientation * Axes);
    }

    /// <summary>Joins parts by the parallel-axis theorem.</summary>
    public static MassProperties Join(IReadOnlyList<MassProperties> parts)
    {
        double mass = parts.Sum(part => part.Mass);
        var moment = default(Vector3);
        foreach (MassProperties part in parts)
        {
            moment += part.Mass * part.Center;
        }

        Vector3 center = (1 / mass) * moment;
        var inertia = default(SymmetricMatrix3);
        foreach (MassProperties part in parts)
        {
            inertia += part.Inertia
                + SymmetricMatrix3.OfPointMass(part.Mass, part.Center - center);
        }

        return new(mass, center, inertia);
    }
}
