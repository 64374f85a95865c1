using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Derived constants of constraint rows from the primary ones: softness of limits, friction and
/// equalities, and weights from the inverse weights of dofs and bodies, which come first (MuJoCo,
/// mj_diagApprox and mj_makeImpedance in engine_core_constraint.c).
/// </summary>
internal static class ConstraintDerivePhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const double Smallest = 1e-15;

    /// <summary>All of them. Writes constants; not part of a step.</summary>
    public static void Derive(in Env<T, TWork, TConst, TIndex> env)
    {
        int root = env.At.Constraints.Constants;
        T ratio = env.Constants.Get(root + BlockSlots.ImpedanceRatio);
        env.Constants.Set(root + BlockSlots.InverseRootRatio, T.Of(1) / T.Sqrt(ratio));
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            int own = env.At.OfDof(dof, 0);
            SoftnessPhases<T, TWork, TConst, TIndex>.Derive(
                env,
                own + ConstantSlots.LimitReference,
                own + ConstantSlots.LimitImpedance,
                own + ConstantSlots.LimitStiffness,
                own + ConstantSlots.ImpedanceMin);
            DeriveFriction(env, own);
        }

        for (int block = 0; block < env.At.Constraints.ModelBlockCount; block++)
        {
            int own = env.At.Constraints.OfBlock(block, 0);
            SoftnessPhases<T, TWork, TConst, TIndex>.Derive(
                env,
                own + BlockSlots.SoftReference,
                own + BlockSlots.SoftImpedance,
                own + BlockSlots.Stiffness,
                own + BlockSlots.Impedance);
            DeriveWeight(env, block, own);
        }
    }

    // Friction has no position, so its impedance is that at zero violation.
    private static void DeriveFriction(in Env<T, TWork, TConst, TIndex> env, int own)
    {
        TConst constants = env.Constants;
        int soft = own + ConstantSlots.FrictionImpedance;
        T low = SoftnessPhases<T, TWork, TConst, TIndex>.Hold(constants.Get(soft));
        T high = SoftnessPhases<T, TWork, TConst, TIndex>.Hold(constants.Get(soft, 1));
        T narrow = T.Of(Smallest) - constants.Get(soft, 2); // width
        T impedance = T.Where(narrow, T.Of(0.5) * (low + high), low);
        T inverse = constants.Get(own, ConstantSlots.InverseWeight);
        T weight = SoftnessPhases<T, TWork, TConst, TIndex>.Weight(impedance, inverse);
        weight = T.Where(constants.Get(own, ConstantSlots.FrictionLoss), weight, T.Of(0));
        constants.Set(
            own, ConstantSlots.FrictionWeight, T.Where(inverse, weight, T.Of(0)));

        T given = constants.Get(own, ConstantSlots.FrictionReference);
        T ratio = constants.Get(own + ConstantSlots.FrictionReference, 1);
        T time = T.Max(given, SoftnessPhases<T, TWork, TConst, TIndex>.ShortestTime(env));
        constants.Set(
            own, ConstantSlots.FrictionDamping,
            T.Where(given, T.Of(2) / T.Max(T.Of(Smallest), high * time), -ratio / high));
    }

    private static void DeriveWeight(
        in Env<T, TWork, TConst, TIndex> env, int block, int own)
    {
        int source = env.Topology.Get(env.At.Constraints.IndexOfBlock(block, BlockSlots.Source));
        int first = env.Topology.Get(
            env.At.Constraints.IndexOfBlock(block, BlockSlots.FirstItem));
        int second = env.Topology.Get(
            env.At.Constraints.IndexOfBlock(block, BlockSlots.SecondItem));
        if (source == (int)BlockSource.Connect || source == (int)BlockSource.Weld)
        {
            int a = Layout.OfBody(first, 0);
            int b = Layout.OfBody(second, 0);
            env.Constants.Set(
                own + BlockSlots.InverseWeight,
                env.Constants.Get(a, ConstantSlots.BodyInverseTranslation)
                    + env.Constants.Get(b, ConstantSlots.BodyInverseTranslation));
            env.Constants.Set(
                own + BlockSlots.InverseRotation,
                env.Constants.Get(a, ConstantSlots.BodyInverseRotation)
                    + env.Constants.Get(b, ConstantSlots.BodyInverseRotation));
        }
        else if (source == (int)BlockSource.JointCoupling
            || source == (int)BlockSource.BallLimit)
        {
            T weight = env.Constants.Get(env.At.OfDof(first, ConstantSlots.InverseWeight));
            if (second >= 0)
            {
                weight += env.Constants.Get(env.At.OfDof(second, ConstantSlots.InverseWeight));
            }

            env.Constants.Set(own + BlockSlots.InverseWeight, weight);
        }
        else
        {
            // Tendons: a coupling, a limit or friction.
            TendonLayout at = env.At.Tendons;
            T weight = env.Constants.Get(at.Of(first, ConstantSlots.TendonInverseWeight));
            if (second >= 0)
            {
                weight += env.Constants.Get(at.Of(second, ConstantSlots.TendonInverseWeight));
            }

            env.Constants.Set(own + BlockSlots.InverseWeight, weight);
        }
    }
}
