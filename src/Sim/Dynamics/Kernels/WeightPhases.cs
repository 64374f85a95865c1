using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Constants that follow from the mass matrix at the reference position: how easily dofs, bodies
/// and tendons move, J M⁻¹ Jᵀ (MuJoCo, engine_setconst.c, set0). Not part of a step.
/// </summary>
internal static class WeightPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Puts the env at the reference position and keeps its own.</summary>
    public static void GoToReference(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int k = 0; k < env.At.PositionCount; k++)
        {
            env.Work.Set(env.At.KeptPosition + k, env.Work.Get(env.At.Position + k));
        }

        for (int joint = 0; joint < env.At.JointCount; joint++)
        {
            int index = env.At.IndexOfJoint(joint, 0);
            int kind = env.Topology.Get(index, TopologySlots.JointKind);
            int position = env.At.Position
                + env.Topology.Get(index, TopologySlots.JointPosition);
            int count = kind == (int)JointType.Free ? 7 : kind == (int)JointType.Ball ? 4 : 1;
            for (int k = 0; k < count; k++)
            {
                env.Work.Set(
                    position, k,
                    env.Constants.Get(env.At.OfJoint(joint, ConstantSlots.Reference + k)));
            }
        }
    }

    /// <summary>Back to the env's own position.</summary>
    public static void ComeBack(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int k = 0; k < env.At.PositionCount; k++)
        {
            env.Work.Set(env.At.Position + k, env.Work.Get(env.At.KeptPosition + k));
        }
    }

    /// <summary>Inertias of bodies and all below them.</summary>
    public static void GatherInertias(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int body = env.At.BodyCount - 1; body > 0; body--)
        {
            int carrier = env.Topology.Get(
                Layout.IndexOfBody(body, TopologySlots.BodyCarrier));
            if (carrier > 0)
            {
                for (int k = 0; k < 10; k++)
                {
                    int sum = env.At.Inertia + (10 * carrier) + k;
                    env.Work.Set(
                        sum, env.Work.Get(sum) + env.Work.Get(env.At.Inertia + (10 * body) + k));
                }
            }
        }
    }

    /// <summary>No diagonal shift, and the mean of the diagonal of M.</summary>
    public static void MeanInertia(in Env<T, TWork, TConst, TIndex> env)
    {
        T sum = T.Of(0);
        T count = T.Of(0);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            env.Work.Set(env.At.DiagonalShift + dof, T.Of(0));
            sum += env.Work.Get(env.At.MassMatrix + (dof * env.At.DofCount) + dof);
            count += T.Of(1);
        }

        env.Constants.Set(
            ConstantSlots.MeanInertia, T.Where(count, sum / count, T.Of(1)));
    }

    /// <summary>
    /// Of each dof the diagonal of M⁻¹; the mean of three for translations and rotations of free
    /// and ball joints.
    /// </summary>
    public static void Dofs(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int joint = 0; joint < env.At.JointCount; joint++)
        {
            int index = env.At.IndexOfJoint(joint, 0);
            int kind = env.Topology.Get(index, TopologySlots.JointKind);
            int dof = env.Topology.Get(index, TopologySlots.JointDof);
            int body = env.Topology.Get(index, TopologySlots.JointBody);
            if (IsPlainSlider(env, body))
            {
                env.Constants.Set(
                    env.At.OfDof(dof, ConstantSlots.InverseWeight), InverseMass(env, body));
            }
            else if (kind is (int)JointType.Free or (int)JointType.Ball)
            {
                SetMean(env, dof);
                if (kind == (int)JointType.Free)
                {
                    SetMean(env, dof + 3);
                }
            }
            else
            {
                env.Constants.Set(
                    env.At.OfDof(dof, ConstantSlots.InverseWeight), Diagonal(env, dof));
            }
        }
    }

    /// <summary>Of each body the means over translations and rotations at its centre.</summary>
    public static void Bodies(in Env<T, TWork, TConst, TIndex> env)
    {
        T third = T.Of(1) / T.Of(3);
        for (int body = 0; body < env.At.BodyCount; body++)
        {
            T translation = T.Of(0);
            T rotation = T.Of(0);
            if (IsPlainSlider(env, body))
            {
                translation = T.Of(3) * InverseMass(env, body);
            }
            else if (env.Topology.Get(
                Layout.IndexOfBody(body, TopologySlots.BodyMoves)) != 0)
            {
                for (int axis = 0; axis < 3; axis++)
                {
                    LoadRow(env, body, axis, true);
                    translation += Quadratic(env);
                    LoadRow(env, body, axis, false);
                    rotation += Quadratic(env);
                }
            }

            env.Constants.Set(
                Layout.OfBody(body, ConstantSlots.BodyInverseTranslation), third * translation);
            env.Constants.Set(
                Layout.OfBody(body, ConstantSlots.BodyInverseRotation), third * rotation);
        }
    }

    /// <summary>Of each tendon.</summary>
    public static void Tendons(in Env<T, TWork, TConst, TIndex> env)
    {
        TendonLayout at = env.At.Tendons;
        for (int tendon = 0; tendon < at.Count; tendon++)
        {
            Clear(env);
            int first = env.Topology.Get(at.IndexOf(tendon, TopologySlots.TendonFirst));
            int count = env.Topology.Get(at.IndexOf(tendon, TopologySlots.TendonCount));
            for (int term = first; term < first + count; term++)
            {
                int slot = env.At.Gradient
                    + env.Topology.Get(at.IndexOfTerm(term, TopologySlots.TermDof));
                env.Work.Set(
                    slot, env.Work.Get(slot) + env.Constants.Get(at.Coefficients + term));
            }

            env.Constants.Set(
                at.Of(tendon, ConstantSlots.TendonInverseWeight), Quadratic(env));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPlainSlider(in Env<T, TWork, TConst, TIndex> env, int body) =>
        env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyMoves)) == 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T InverseMass(in Env<T, TWork, TConst, TIndex> env, int body) =>
        T.Of(1) / env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyMass));

    private static void SetMean(in Env<T, TWork, TConst, TIndex> env, int dof)
    {
        T mean = (Diagonal(env, dof) + Diagonal(env, dof + 1) + Diagonal(env, dof + 2))
            / T.Of(3);
        for (int k = 0; k < 3; k++)
        {
            env.Constants.Set(env.At.OfDof(dof + k, ConstantSlots.InverseWeight), mean);
        }
    }

    private static T Diagonal(in Env<T, TWork, TConst, TIndex> env, int dof)
    {
        Clear(env);
        env.Work.Set(env.At.Gradient + dof, T.Of(1));
        return Quadratic(env);
    }

    private static void Clear(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            env.Work.Set(env.At.Gradient + dof, T.Of(0));
        }
    }

    // Row of the Jacobian of the body's centre, or of its orientation.
    private static void LoadRow(
        in Env<T, TWork, TConst, TIndex> env, int body, int axis, bool translates)
    {
        Clear(env);
        int next = (axis + 1) % 3;
        int after = (axis + 2) % 3;
        T y = Center(env, body, next);
        T z = Center(env, body, after);
        int dof = env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyLastDof));
        while (dof >= 0)
        {
            int motion = env.At.Motion + (6 * dof);
            T turn = env.Work.Get(motion, axis);

            // (v + ω × c) along the axis.
            T move = T.Fma(env.Work.Get(motion, next), z, env.Work.Get(motion + 3 + axis));
            move = T.Fnma(env.Work.Get(motion, after), y, move);
            env.Work.Set(env.At.Gradient + dof, translates ? move : turn);
            dof = env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofParent));
        }
    }

    private static T Center(in Env<T, TWork, TConst, TIndex> env, int body, int row)
    {
        int from = env.At.Rotation + (9 * body) + (3 * row);
        T sum = env.Work.Get(env.At.Origin + (3 * body) + row);
        for (int k = 0; k < 3; k++)
        {
            sum = T.Fma(
                env.Work.Get(from, k),
                env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyCenter + k)),
                sum);
        }

        return sum;
    }

    // J M⁻¹ Jᵀ of the row in Gradient.
    private static T Quadratic(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            env.Work.Set(env.At.Direction + dof, env.Work.Get(env.At.Gradient + dof));
        }

        FactorPhases<T, TWork, TConst, TIndex>.Solve(
            env, FactorPhases<T, TWork, TConst, TIndex>.Tree(env), env.At.Direction);
        T sum = T.Of(0);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            sum = T.Fma(
                env.Work.Get(env.At.Gradient + dof), env.Work.Get(env.At.Direction + dof), sum);
        }

        return sum;
    }
}
