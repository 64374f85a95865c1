using HilRig.Sim.Models;

namespace HilRig.Sim.Gradients;

/// <summary>
/// Small displacements of a position, one number a degree of freedom (MuJoCo, mj_integratePos and
/// mj_differentiatePos): a quaternion q moves to q ⊗ exp(δ / 2) with δ in the body's axes, so
/// q̇ = ½ q ⊗ (0, δ) and back δ = 2 vec(q* ⊗ q̇). Quaternions are of unit length here.
/// </summary>
internal static class TangentSpace
{
    /// <summary>Change of the position numbers along a displacement.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="position">Position. Shape [position].</param>
    /// <param name="displacement">Displacement. Shape [dof].</param>
    /// <param name="change">Receives the change. Shape [position].</param>
    public static void Lift(
        Model model,
        ReadOnlySpan<double> position,
        ReadOnlySpan<double> displacement,
        Span<double> change)
    {
        foreach (ModelJoint joint in model.Joints)
        {
            int q = joint.PositionAddress;
            int v = joint.DofAddress;
            int linear = LinearCount(joint.Type);
            displacement.Slice(v, linear).CopyTo(change.Slice(q, linear));
            if (linear != joint.Type.DofCount())
            {
                LiftTurn(
                    position[(q + linear)..],
                    displacement[(v + linear)..],
                    change[(q + linear)..]);
            }
        }
    }

    /// <summary>The displacement along a change of the position numbers.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="position">Position. Shape [position].</param>
    /// <param name="change">Change of the position numbers. Shape [position].</param>
    /// <param name="displacement">Receives the displacement. Shape [dof].</param>
    public static void Project(
        Model model,
        ReadOnlySpan<double> position,
        ReadOnlySpan<double> change,
        Span<double> displacement) =>
        Gather(model, position, change, displacement, 2);

    /// <summary>
    /// The transpose of <see cref="Lift"/>: from derivatives by position numbers to derivatives by
    /// displacements.
    /// </summary>
    /// <param name="model">The robot.</param>
    /// <param name="position">Position. Shape [position].</param>
    /// <param name="slope">Derivatives by position numbers. Shape [position].</param>
    /// <param name="gradient">Receives derivatives by displacements. Shape [dof].</param>
    public static void LiftTransposed(
        Model model,
        ReadOnlySpan<double> position,
        ReadOnlySpan<double> slope,
        Span<double> gradient) =>
        Gather(model, position, slope, gradient, 0.5);

    /// <summary>
    /// The transpose of <see cref="Project"/>: from derivatives by displacements to derivatives by
    /// position numbers.
    /// </summary>
    /// <param name="model">The robot.</param>
    /// <param name="position">Position. Shape [position].</param>
    /// <param name="gradient">Derivatives by displacements. Shape [dof].</param>
    /// <param name="slope">Receives derivatives by position numbers. Shape [position].</param>
    public static void ProjectTransposed(
        Model model,
        ReadOnlySpan<double> position,
        ReadOnlySpan<double> gradient,
        Span<double> slope)
    {
        Lift(model, position, gradient, slope);
        foreach (ModelJoint joint in model.Joints)
        {
            int linear = LinearCount(joint.Type);
            if (linear != joint.Type.DofCount())
            {
                // Lift has ½ where this has 2.
                foreach (ref double number in slope.Slice(joint.PositionAddress + linear, 4))
                {
                    number *= 4;
                }
            }
        }
    }

    /// <summary>Makes every quaternion of a position one of unit length.</summary>
    /// <param name="model">The robot.</param>
    /// <param name="position">Position, in place. Shape [position].</param>
    public static void Normalize(Model model, Span<double> position)
    {
        foreach (ModelJoint joint in model.Joints)
        {
            int linear = LinearCount(joint.Type);
            if (linear != joint.Type.DofCount())
            {
                Span<double> q = position.Slice(joint.PositionAddress + linear, 4);
                double square = (q[0] * q[0]) + (q[1] * q[1]) + (q[2] * q[2]) + (q[3] * q[3]);
                double inverse = 1 / Math.Sqrt(square);
                foreach (ref double number in q)
                {
                    number *= inverse;
                }
            }
        }
    }

    private static void Gather(
        Model model,
        ReadOnlySpan<double> position,
        ReadOnlySpan<double> change,
        Span<double> displacement,
        double factor)
    {
        foreach (ModelJoint joint in model.Joints)
        {
            int q = joint.PositionAddress;
            int v = joint.DofAddress;
            int linear = LinearCount(joint.Type);
            change.Slice(q, linear).CopyTo(displacement.Slice(v, linear));
            if (linear != joint.Type.DofCount())
            {
                Turn(
                    position[(q + linear)..],
                    change[(q + linear)..],
                    displacement[(v + linear)..],
                    factor);
            }
        }
    }

    private static int LinearCount(JointType type) => type switch
    {
        JointType.Free => 3,
        JointType.Ball => 0,
        JointType.Slide => 1,
        JointType.Hinge => 1,
    };

    // ½ q ⊗ (0, δ).
    private static void LiftTurn(
        ReadOnlySpan<double> q, ReadOnlySpan<double> d, Span<double> change)
    {
        change[0] = -0.5 * ((q[1] * d[0]) + (q[2] * d[1]) + (q[3] * d[2]));
        change[1] = 0.5 * ((q[0] * d[0]) + (q[2] * d[2]) - (q[3] * d[1]));
        change[2] = 0.5 * ((q[0] * d[1]) + (q[3] * d[0]) - (q[1] * d[2]));
        change[3] = 0.5 * ((q[0] * d[2]) + (q[1] * d[1]) - (q[2] * d[0]));
    }

    // factor · vec(q* ⊗ c).
    private static void Turn(
        ReadOnlySpan<double> q, ReadOnlySpan<double> c, Span<double> displacement, double factor)
    {
        displacement[0] =
            factor * ((q[0] * c[1]) - (q[1] * c[0]) - (q[2] * c[3]) + (q[3] * c[2]));
        displacement[1] =
            factor * ((q[0] * c[2]) - (q[2] * c[0]) - (q[3] * c[1]) + (q[1] * c[3]));
        displacement[2] =
            factor * ((q[0] * c[3]) - (q[3] * c[0]) - (q[1] * c[2]) + (q[2] * c[1]));
    }
}
