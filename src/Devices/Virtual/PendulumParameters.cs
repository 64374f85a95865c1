namespace HilRig.Devices.Virtual;

/// <summary>A pendulum on a servo's output shaft.</summary>
/// <param name="MassKilograms">Point mass, kg; 0 for a balanced wheel.</param>
/// <param name="LengthMeters">Distance of the mass from the shaft, m.</param>
/// <param name="Inertia">Moment of inertia about the shaft, the mass included, kg·m².</param>
/// <param name="Damping">Viscous friction of the bearing, N·m·s/rad.</param>
public readonly record struct PendulumParameters(
    double MassKilograms, double LengthMeters, double Inertia, double Damping)
{
    /// <summary>A light wheel on a bearing: the servo turns almost freely.</summary>
    public static PendulumParameters Wheel { get; } = new(0, 0, 1e-3, 0.005);

    /// <summary>A point mass on a light rod and the same bearing.</summary>
    /// <param name="massKilograms">Mass, kg.</param>
    /// <param name="lengthMeters">Length of the rod, m.</param>
    public static PendulumParameters PointMass(double massKilograms, double lengthMeters) =>
        new(
            massKilograms,
            lengthMeters,
            (massKilograms * lengthMeters * lengthMeters) + 1e-4,
            Wheel.Damping);
}
