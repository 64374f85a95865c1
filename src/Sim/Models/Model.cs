namespace HilRig.Sim.Models;

/// <summary>
/// A compiled robot: a tree of bodies with hinge and slide joints. Immutable; shared by every env.
/// Order is MuJoCo's: bodies and joints depth first, actuators as in the file.
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

    /// <summary>Joints, in the order of every [dof] array.</summary>
    public required IReadOnlyList<ModelJoint> Joints { get; init; }

    /// <summary>Actuators, in the order of every [actuator] array.</summary>
    public required IReadOnlyList<ModelActuator> Actuators { get; init; }

    /// <summary>Named states.</summary>
    public required IReadOnlyList<ModelKeyframe> Keyframes { get; init; }

    /// <summary>What was accepted but is not simulated.</summary>
    public required IReadOnlyList<ModelNotice> Notices { get; init; }

    /// <summary>What can be drawn; skipped meshes and planes are not in it.</summary>
    public IReadOnlyList<ModelGeom> Geoms { get; init; } = [];

    /// <summary>Mass matrix at the reference position, kg·m² or kg. Shape [dof, dof].</summary>
    public IReadOnlyList<double> ReferenceMassMatrix { get; init; } = [];

    /// <summary>
    /// Diagonal of the inverse of <see cref="ReferenceMassMatrix"/>. Shape [dof].
    /// </summary>
    public IReadOnlyList<double> InverseWeight { get; init; } = [];

    /// <summary>Number of degrees of freedom.</summary>
    public int DofCount => Joints.Count;

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
