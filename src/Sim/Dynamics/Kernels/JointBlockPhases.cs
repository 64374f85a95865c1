using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Rows that depend on a few joints: one that follows a polynomial of another (or a tendon that
/// does), friction and limits of tendons, largest angle of a ball (MuJoCo, mj_instantiateEquality
/// and mj_instantiateLimit in engine_core_constraint.c). A tendon's length is Σ c q.
/// </summary>
internal static class JointBlockPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const double AngleMin = 1e-15;

    /// <summary>J, D and aref of every such block.</summary>
    public static void Make(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int i = 0; i < env.At.Constraints.ModelBlockCount; i++)
        {
            int source = env.Topology.Get(env.At.Constraints.IndexOfBlock(i, BlockSlots.Source));
            Block block = BlockPhases<T, TWork, TConst, TIndex>.Read(env, i);
            if (source == (int)BlockSource.JointCoupling
                || source == (int)BlockSource.TendonCoupling)
            {
                Couple(env, block, i);
            }
            else if (source == (int)BlockSource.TendonFriction)
            {
                Rub(env, block, i);
            }
            else if (source == (int)BlockSource.TendonLower)
            {
                Limit(env, block, i, T.Of(1));
            }
            else if (source == (int)BlockSource.TendonUpper)
            {
                Limit(env, block, i, T.Of(-1));
            }
            else if (source == (int)BlockSource.BallLimit)
            {
                LimitBall(env, block, i);
            }
        }
    }

    // r = first - first₀ - p(second - second₀); J = J₁ - p' J₂.
    private static void Couple(in Env<T, TWork, TConst, TIndex> env, in Block block, int index)
    {
        TConst constants = env.Constants;
        int own = env.At.Constraints.OfBlock(index, 0);
        int list = Coefficients(env, index);
        int polynomial = own + BlockSlots.Polynomial;
        T first = Length(env, block, list) - constants.Get(own + BlockSlots.FirstReference);
        T x = Length(env, block, list + block.DofCount)
            - constants.Get(own + BlockSlots.SecondReference);
        T value = constants.Get(polynomial, 4);
        T slope = T.Of(4) * value;
        for (int k = 3; k > 0; k--)
        {
            value = T.Fma(value, x, constants.Get(polynomial, k));
        }

        slope = T.Fma(slope, x, T.Of(3) * constants.Get(polynomial, 3));
        slope = T.Fma(slope, x, T.Of(2) * constants.Get(polynomial, 2));
        slope = T.Fma(slope, x, constants.Get(polynomial, 1));
        value = T.Fma(value, x, constants.Get(polynomial));
        for (int k = 0; k < block.DofCount; k++)
        {
            T other = constants.Get(list + block.DofCount + k);
            env.Work.Set(block.Jacobian + k, T.Fnma(slope, other, constants.Get(list, k)));
        }

        Refer(env, block, index, first - value, constants.Get(own + BlockSlots.Enabled));
    }

    private static void Rub(in Env<T, TWork, TConst, TIndex> env, in Block block, int index)
    {
        CopyJacobian(env, block, Coefficients(env, index), T.Of(1));
        Refer(
            env,
            block,
            index,
            T.Of(0),
            env.Constants.Get(env.At.Constraints.OfBlock(index, BlockSlots.Loss)));

        // No stiffness: aref = -B v, which the zero distance gives.
    }

    // Distance and J both point away from the limit.
    private static void Limit(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int index, T sign)
    {
        int own = env.At.Constraints.OfBlock(index, 0);
        int list = Coefficients(env, index);
        T bound = env.Constants.Get(own + BlockSlots.Bound);
        T inside = (sign * (Length(env, block, list) - bound))
            - env.Constants.Get(own + BlockSlots.Margin);
        CopyJacobian(env, block, list, sign);
        Refer(env, block, index, inside, -inside);
    }

    // r = largest angle - angle, J = -axis, with (angle, axis) of the joint's quaternion.
    private static void LimitBall(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int index)
    {
        TWork work = env.Work;
        int own = env.At.Constraints.OfBlock(index, 0);
        int dof = env.Topology.Get(block.Dofs);
        int joint = env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofJoint));
        int place = env.At.Position + env.Topology.Get(
            env.At.IndexOfJoint(joint, TopologySlots.JointPosition));
        T w = work.Get(place);
        T x = work.Get(place, 1);
        T y = work.Get(place, 2);
        T z = work.Get(place, 3);

        // q and -q are one rotation; this one is at most half a turn.
        T sign = T.Where(-w, T.Of(-1), T.Of(1));
        T sine = T.Sqrt(T.Fma(x, x, T.Fma(y, y, z * z)));
        T turns = sine - T.Of(AngleMin);
        T safe = T.Where(turns, sine, T.Of(1));
        T angle = T.Where(turns, T.Of(2) * T.Atan2(safe, sign * w), T.Of(0));
        T scale = -sign / safe;
        work.Set(block.Jacobian, T.Where(turns, scale * x, T.Of(-1)));
        work.Set(block.Jacobian, 1, T.Where(turns, scale * y, T.Of(0)));
        work.Set(block.Jacobian, 2, T.Where(turns, scale * z, T.Of(0)));
        T inside = env.Constants.Get(own + BlockSlots.Bound)
            - angle
            - env.Constants.Get(own + BlockSlots.Margin);
        Refer(env, block, index, inside, -inside);
    }

    private static int Coefficients(in Env<T, TWork, TConst, TIndex> env, int index) =>
        env.Topology.Get(env.At.Constraints.IndexOfBlock(index, BlockSlots.Coefficients));

    private static void CopyJacobian(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int list, T sign)
    {
        for (int k = 0; k < block.DofCount; k++)
        {
            env.Work.Set(block.Jacobian + k, sign * env.Constants.Get(list, k));
        }
    }

    private static T Length(in Env<T, TWork, TConst, TIndex> env, in Block block, int list)
    {
        T sum = T.Of(0);
        for (int k = 0; k < block.DofCount; k++)
        {
            int place = env.Topology.Get(block.Dofs + block.DofCount + k);
            sum = T.Fma(
                env.Constants.Get(list, k), env.Work.Get(env.At.Position + place), sum);
        }

        return sum;
    }

    // aref = -B J q̇ - K d r. Absent where present is not above 0.
    private static void Refer(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int index, T distance, T present)
    {
        int own = env.At.Constraints.OfBlock(index, 0);
        bool isSquare = env.Topology.Get(
            env.At.Constraints.IndexOfBlock(index, BlockSlots.HasSquareImpedance)) != 0;
        T impedance = SoftnessPhases<T, TWork, TConst, TIndex>.Impedance(
            env, own + BlockSlots.Impedance, isSquare, T.Abs(distance));
        T weight = SoftnessPhases<T, TWork, TConst, TIndex>.Weight(
            impedance, env.Constants.Get(own + BlockSlots.InverseWeight));
        BlockPhases<T, TWork, TConst, TIndex>.Multiply(
            env, block, env.At.Velocity, block.Along);
        T pull = env.Constants.Get(own + BlockSlots.Stiffness) * impedance * distance;
        T reference = T.Fnma(
            env.Constants.Get(own + BlockSlots.Damping), env.Work.Get(block.Along), -pull);
        env.Work.Set(block.Weight, T.Where(present, weight, T.Of(0)));
        env.Work.Set(block.Reference, T.Where(present, reference, T.Of(0)));
        env.Work.Set(block.State, T.Of(-2));
    }
}
