namespace HilRig.Sim.Models;

/// <summary>
/// A compiled model: a tree of bodies with joints, and what acts on them. Immutable; shared by
/// every env. Order is MuJoCo's: bodies, joints, geoms and sites depth first, the rest as in the
/// file.
/// </summary>
public sealed record Model
{
    /// <summary>Name from the file.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Physics options.</summary>
    public required ModelOptions Options { get; init; }

    /// <summary>Bodies; the first is the world.</summary>
    public required IReadOnlyList<ModelBody> Bodies { get; init; }

    /// <summary>Joints; their degrees of freedom follow one another in this order.</summary>
    public required IReadOnlyList<ModelJoint> Joints { get; init; }

    /// <summary>Actuators, in the order of every [actuator] array.</summary>
    public required IReadOnlyList<ModelActuator> Actuators { get; init; }

    /// <summary>Named states.</summary>
    public required IReadOnlyList<ModelKeyframe> Keyframes { get; init; }

    /// <summary>What was accepted but is not simulated.</summary>
    public required IReadOnlyList<ModelNotice> Notices { get; init; }

    /// <summary>Shapes; skipped meshes are not in it.</summary>
    public IReadOnlyList<ModelGeom> Geoms { get; init; } = [];

    /// <summary>Frames on bodies.</summary>
    public IReadOnlyList<ModelSite> Sites { get; init; } = [];

    /// <summary>Meshes.</summary>
    public IReadOnlyList<ModelMesh> Meshes { get; init; } = [];

    /// <summary>Height fields.</summary>
    public IReadOnlyList<ModelHeightField> HeightFields { get; init; } = [];

    /// <summary>Fixed tendons.</summary>
    public IReadOnlyList<ModelTendon> Tendons { get; init; } = [];

    /// <summary>Equality constraints.</summary>
    public IReadOnlyList<ModelEquality> Equalities { get; init; } = [];

    /// <summary>Pairs of geoms that the file names.</summary>
    public IReadOnlyList<ModelContactPair> ContactPairs { get; init; } = [];

    /// <summary>Pairs of bodies that never touch.</summary>
    public IReadOnlyList<(int First, int Second)> ContactExcludes { get; init; } = [];

    /// <summary>Sensors; their numbers follow one another in this order.</summary>
    public IReadOnlyList<ModelSensor> Sensors { get; init; } = [];

    /// <summary>Position as the file draws the model (qpos0). Shape [position].</summary>
    public required IReadOnlyList<double> ReferencePosition { get; init; }

    /// <summary>Position at which springs are at rest (qpos_spring). Shape [position].</summary>
    public required IReadOnlyList<double> SpringPosition { get; init; }

    /// <summary>Mass matrix at the reference position, kg·m² or kg. Shape [dof, dof].</summary>
    public IReadOnlyList<double> ReferenceMassMatrix { get; init; } = [];

    /// <summary>
    /// Diagonal of the inverse of <see cref="ReferenceMassMatrix"/>, averaged over the translations
    /// and the rotations of free and ball joints. Shape [dof].
    /// </summary>
    public IReadOnlyList<double> InverseWeight { get; init; } = [];

    /// <summary>Mean of the diagonal of <see cref="ReferenceMassMatrix"/>.</summary>
    public double MeanInertia { get; init; } = 1;

    /// <summary>Length of the position vector (nq).</summary>
    public int PositionCount => ReferencePosition.Count;

    /// <summary>Number of degrees of freedom (nv).</summary>
    public int DofCount => Joints.Count == 0
        ? 0
        : Joints[^1].DofAddress + Joints[^1].Type.DofCount();

    /// <summary>Number of activations (na).</summary>
    public int ActivationCount =>
        Actuators.Count(actuator => actuator.Dynamics != ActuatorDynamics.None);

    /// <summary>Length of the sensor vector.</summary>
    public int SensorCount =>
        Sensors.Count == 0 ? 0 : Sensors[^1].Address + Sensors[^1].Dimension;

    /// <summary>Index of the joint called <paramref name="name"/>, or -1.</summary>
    /// <param name="name">Joint name.</param>
    public int IndexOfJoint(string name)
    {
        for (int i = 0; i < Joints.Count; i++)
        {
            if (Joints[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The keyframe called <paramref name="name"/>, or null.</summary>
    /// <param name="name">Keyframe name.</param>
    public ModelKeyframe? FindKeyframe(string name) =>
        Keyframes.FirstOrDefault(keyframe => keyframe.Name == name);
}
