using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Rows of the contacts of the tile: J in the contact's frame (normal, two tangents; spin and two
/// rolls from dimension 4 on), D and aref (MuJoCo, mj_instantiateContact and mj_makeImpedance in
/// engine_core_constraint.c). A lane that does not have a contact has D = 0 and aref = 0 there.
/// </summary>
internal static class ContactRowPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>J of every contact.</summary>
    public static void Jacobians(in Env<T, TWork, TConst, TIndex> env)
    {
        int count = env.Work.GetIndex(env.At.Contacts.ContactCount);
        for (int contact = 0; contact < count; contact++)
        {
            Block block = BlockPhases<T, TWork, TConst, TIndex>.Read(
                env, env.At.Constraints.ModelBlockCount + contact);
            int numbers = env.At.Contacts.OfContact(contact, 0);
            for (int k = 0; k < block.DofCount; k++)
            {
                int dof = env.Topology.Get(block.Dofs + k);
                int side = env.Topology.Get(block.Dofs + block.DofCount + k);
                int column = block.Jacobian + (k * block.Dimension);
                Translate(env, block, numbers, env.At.Motion + (6 * dof), side, column);
                if (block.Dimension > 3)
                {
                    Rotate(env, block, numbers, env.At.Motion + (6 * dof), side, column);
                }
            }
        }
    }

    /// <summary>D and aref of every contact.</summary>
    public static void References(in Env<T, TWork, TConst, TIndex> env)
    {
        int count = env.Work.GetIndex(env.At.Contacts.ContactCount);
        for (int contact = 0; contact < count; contact++)
        {
            Block block = BlockPhases<T, TWork, TConst, TIndex>.Read(
                env, env.At.Constraints.ModelBlockCount + contact);

            // J q̇ lies in the slots of Along for a moment.
            BlockPhases<T, TWork, TConst, TIndex>.Multiply(
                env, block, env.At.Velocity, block.Along);
            Refer(env, block, contact);
        }
    }

    // Velocity of the contact point per q̇: v + ω × p, of the second body less that of the first.
    private static void Translate(
        in Env<T, TWork, TConst, TIndex> env,
        in Block block,
        int contact,
        int motion,
        int side,
        int column)
    {
        TWork work = env.Work;
        bool isFirst = side == BlockSlots.FirstSide;
        int point = contact
            + (isFirst ? ContactSlots.PositionFirst : ContactSlots.PositionSecond);
        T px = work.Get(point);
        T py = work.Get(point, 1);
        T pz = work.Get(point, 2);
        T wx = work.Get(motion);
        T wy = work.Get(motion, 1);
        T wz = work.Get(motion, 2);
        T x = T.Fnma(wz, py, T.Fma(wy, pz, work.Get(motion, 3)));
        T y = T.Fnma(wx, pz, T.Fma(wz, px, work.Get(motion, 4)));
        T z = T.Fnma(wy, px, T.Fma(wx, py, work.Get(motion, 5)));
        int rows = block.Dimension < 3 ? block.Dimension : 3;
        for (int row = 0; row < rows; row++)
        {
            int axis = contact + ContactSlots.Frame + (3 * row);
            T entry = T.Fma(
                work.Get(axis), x, T.Fma(work.Get(axis, 1), y, work.Get(axis, 2) * z));
            work.Set(column, row, isFirst ? -entry : entry);
        }
    }

    private static void Rotate(
        in Env<T, TWork, TConst, TIndex> env,
        in Block block,
        int contact,
        int motion,
        int side,
        int column)
    {
        TWork work = env.Work;
        bool isFirst = side == BlockSlots.FirstSide;
        T x = work.Get(motion);
        T y = work.Get(motion, 1);
        T z = work.Get(motion, 2);
        for (int row = 3; row < block.Dimension; row++)
        {
            int axis = contact + ContactSlots.Frame + (3 * (row - 3));
            T entry = T.Fma(
                work.Get(axis), x, T.Fma(work.Get(axis, 1), y, work.Get(axis, 2) * z));
            work.Set(column, row, isFirst ? -entry : entry);
        }
    }

    private static void Refer(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int contact)
    {
        TWork work = env.Work;
        int index = work.GetIndex(env.At.Contacts.ContactPair + contact);
        int pair = env.At.Contacts.OfPair(index, 0);
        bool isSquare = env.Topology.Get(
            env.At.Contacts.IndexOfPair(index, ContactSlots.PairHasSquareImpedance)) != 0;
        T inside = work.Get(env.At.Contacts.OfContact(contact, ContactSlots.Distance))
            - env.Constants.Get(pair + ContactSlots.PairMargin);
        T impedance = SoftnessPhases<T, TWork, TConst, TIndex>.Impedance(
            env, pair + ContactSlots.PairImpedanceMin, isSquare, T.Abs(inside));
        T pull = env.Constants.Get(pair + ContactSlots.PairStiffness) * impedance * inside;
        T damping = env.Constants.Get(pair + ContactSlots.PairDamping);
        T reference = T.Fnma(damping, work.Get(block.Along), -pull);
        work.Set(block.Reference, T.Where(-inside, reference, T.Of(0)));
        T tangentDamping = block.Shape == (int)CostShape.Cone
            ? env.Constants.Get(pair + ContactSlots.PairFrictionDamping)
            : damping;
        for (int row = 1; row < block.Dimension; row++)
        {
            T drag = -tangentDamping * work.Get(block.Along + row);
            work.Set(block.Reference + row, T.Where(-inside, drag, T.Of(0)));
        }

        // No piece is this one, so the first evaluation counts as a move.
        work.Set(block.State, T.Of(-2));
        Weigh(env, block, pair, impedance, inside);
    }

    // R of the normal from Â; of tangents R₁ = R₀/impratio and R_j = R₁ μ₁²/μ_j²; of every edge of
    // a pyramid 2 μ² R₀ with μ² = μ₁²/impratio.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weigh(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int pair, T impedance, T inside)
    {
        T translation = env.Constants.Get(pair + ContactSlots.PairInverseTranslation);
        T friction = env.Constants.Get(pair + ContactSlots.PairFriction);
        T square = friction * friction;
        T ratio = env.Constants.Get(
            env.At.Constraints.Constants + BlockSlots.ImpedanceRatio);
        bool isPyramid = block.Shape == (int)CostShape.Pyramid;
        T approximate = isPyramid ? T.Fma(square, translation, translation) : translation;
        T weight = SoftnessPhases<T, TWork, TConst, TIndex>.Weight(impedance, approximate);
        if (isPyramid)
        {
            weight = weight * ratio / (T.Of(2) * square);
        }

        weight = T.Where(-inside, weight, T.Of(0));
        env.Work.Set(block.Weight, weight);
        T tangent = isPyramid ? weight : weight * ratio / square;
        for (int row = 1; row < block.Dimension; row++)
        {
            T own = env.Constants.Get(pair + ContactSlots.PairFriction + row - 1);
            env.Work.Set(block.Weight + row, isPyramid ? weight : tangent * own * own);
        }
    }
}
