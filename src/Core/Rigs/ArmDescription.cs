namespace HilRig.Core.Rigs;

/// <summary>One kinematic chain of a rig.</summary>
public sealed record ArmDescription
{
    /// <summary>
    /// Prefix of its joints in recordings and reports ("left" gives "left/elbow_flex"); empty for a
    /// rig of one arm.
    /// </summary>
    public required string Namespace { get; init; }

    /// <summary>Absolute path of the twin's model (MJCF).</summary>
    public required string ModelPath { get; init; }

    /// <summary>
    /// Whether mesh geoms of the model are left out; default false: they are refused.
    /// </summary>
    public bool SkipMeshes { get; init; }

    /// <summary>
    /// Keyframe of the model at which every joint reads zero counts offset; null: all zeros.
    /// </summary>
    public string? ZeroKeyframe { get; init; }

    /// <summary>Where the arm's base stands in the world.</summary>
    public required Transform Mount { get; init; }

    /// <summary>What it carries; null for nothing.</summary>
    public Payload? Payload { get; init; }

    /// <summary>Its joints, base first.</summary>
    public required IReadOnlyList<JointMapping> Joints { get; init; }
}

/// <summary>A pose: worldFromBase.</summary>
/// <param name="Position">x, y, z, m.</param>
/// <param name="Quaternion">w, x, y, z, unit length.</param>
public sealed record Transform(IReadOnlyList<double> Position, IReadOnlyList<double> Quaternion)
{
    /// <summary>No translation, no rotation.</summary>
    public static Transform Identity { get; } = new([0, 0, 0], [1, 0, 0, 0]);
}

/// <summary>A rigid load at the tool.</summary>
/// <param name="Body">Model body that carries it.</param>
/// <param name="MassKilograms">Mass, kg.</param>
/// <param name="CenterOfMass">In the body's frame, m.</param>
/// <param name="Inertia">Principal moments about the centre of mass, kg·m².</param>
public sealed record Payload(
    string Body,
    double MassKilograms,
    IReadOnlyList<double> CenterOfMass,
    IReadOnlyList<double> Inertia);
