using HilRig.Sim.Dynamics.Kernels.Collision;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Rows that hold a point or the frames of two bodies together: connect and weld (MuJoCo,
/// mj_instantiateEquality and mj_Jdotv in engine_core_constraint.c). Rows 0 to 2: r = p₁ - p₂ in
/// world axes. Rows 3 to 5 of a weld: vector part e of the unit quaternion (c, e), c at least 0, of
/// R₂ᵀ R₁ R_rel, times the torque scale. With w = R₂ᵀ (ω₁ - ω₂): ė = ½ (c w + w × e), ċ = -½ w · e.
/// </summary>
internal static class FrameBlockPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>J of every such block; r lies in its slots of Residual.</summary>
    public static void Jacobians(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int i = 0; i < env.At.Constraints.ModelBlockCount; i++)
        {
            Block block = BlockPhases<T, TWork, TConst, TIndex>.Read(env, i);
            if (block.Dimension >= 3)
            {
                Translate(env, block, i);
                if (block.Dimension == 6)
                {
                    Rotate(env, block, i);
                }
            }
        }
    }

    /// <summary>D and aref = -B J q̇ - K d r - J̇ q̇ of every such block.</summary>
    public static void References(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int i = 0; i < env.At.Constraints.ModelBlockCount; i++)
        {
            Block block = BlockPhases<T, TWork, TConst, TIndex>.Read(env, i);
            if (block.Dimension >= 3)
            {
                BlockPhases<T, TWork, TConst, TIndex>.Multiply(
                    env, block, env.At.Velocity, block.Along);
                Refer(env, block, i);
                SubtractDrift(env, block, i);
                if (block.Dimension == 6)
                {
                    SubtractTurningDrift(env, block, i);
                }
            }
        }
    }

    private static void Translate(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int index)
    {
        Real3<T> first = Arm(env, index, BlockSlots.FirstItem, BlockSlots.FirstAnchor);
        Real3<T> second = Arm(env, index, BlockSlots.SecondItem, BlockSlots.SecondAnchor);
        Real3<T> apart = TreePoint(env, index, BlockSlots.FirstItem)
            - TreePoint(env, index, BlockSlots.SecondItem)
            + (first - second);
        apart.Write(env.Work, block.Residual);
        for (int k = 0; k < block.DofCount; k++)
        {
            int motion = env.At.Motion + (6 * env.Topology.Get(block.Dofs + k));
            int side = env.Topology.Get(block.Dofs + block.DofCount + k);
            Real3<T> turn = Real3<T>.Read(env.Work, motion);
            Real3<T> move = Real3<T>.Read(env.Work, motion + 3);
            Real3<T> entry;
            if (side == BlockSlots.FirstSide)
            {
                entry = move + Real3<T>.Cross(turn, first);
            }
            else if (side == BlockSlots.SecondSide)
            {
                entry = -(move + Real3<T>.Cross(turn, second));
            }
            else
            {
                // Both bodies are of one tree, so the arms are about one point.
                entry = Real3<T>.Cross(turn, first - second);
            }

            entry.Write(env.Work, block.Jacobian + (k * block.Dimension));
        }
    }

    // Row of a dof that turns the bodies apart by ω: ½ (c w + w × e) · scale.
    private static void Rotate(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int index)
    {
        int own = env.At.Constraints.OfBlock(index, 0);
        T scale = env.Constants.Get(own + BlockSlots.TorqueScale);
        Real3<T> vector = Apart(env, index, out T scalar);
        (scale * vector).Write(env.Work, block.Residual + 3);
        T half = T.Of(0.5) * scale;
        for (int k = 0; k < block.DofCount; k++)
        {
            int motion = env.At.Motion + (6 * env.Topology.Get(block.Dofs + k));
            int side = env.Topology.Get(block.Dofs + block.DofCount + k);
            T sign = side == BlockSlots.FirstSide ? half
                : side == BlockSlots.SecondSide ? -half : T.Of(0);
            Real3<T> turn = InSecond(env, index, Real3<T>.Read(env.Work, motion));
            Real3<T> entry = sign * Real3<T>.AddScaled(
                Real3<T>.Cross(turn, vector), scalar, turn);
            entry.Write(env.Work, block.Jacobian + (k * block.Dimension) + 3);
        }
    }

    // The impedance is that of the length of the whole r.
    private static void Refer(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int index)
    {
        TWork work = env.Work;
        int own = env.At.Constraints.OfBlock(index, 0);
        T square = T.Of(0);
        for (int row = 0; row < block.Dimension; row++)
        {
            T each = work.Get(block.Residual + row);
            square = T.Fma(each, each, square);
        }

        bool isSquare = env.Topology.Get(
            env.At.Constraints.IndexOfBlock(index, BlockSlots.HasSquareImpedance)) != 0;
        T length = T.Where(square, T.Sqrt(T.Where(square, square, T.Of(1))), T.Of(0));
        T impedance = SoftnessPhases<T, TWork, TConst, TIndex>.Impedance(
            env, own + BlockSlots.Impedance, isSquare, length);
        T stiffness = env.Constants.Get(own + BlockSlots.Stiffness) * impedance;
        T damping = env.Constants.Get(own + BlockSlots.Damping);
        T enabled = env.Constants.Get(own + BlockSlots.Enabled);
        for (int row = 0; row < block.Dimension; row++)
        {
            T inverse = env.Constants.Get(
                own + (row < 3 ? BlockSlots.InverseWeight : BlockSlots.InverseRotation));
            T weight = SoftnessPhases<T, TWork, TConst, TIndex>.Weight(impedance, inverse);
            T pull = stiffness * work.Get(block.Residual + row);
            work.Set(block.Weight + row, T.Where(enabled, weight, T.Of(0)));
            work.Set(
                block.Reference + row, T.Fnma(damping, work.Get(block.Along + row), -pull));
        }

        work.Set(block.State, T.Of(-2));
    }

    // J̇ q̇ of a point: its acceleration while no joint accelerates. Gravity, which both bodies'
    // accelerations hold, is gone in the difference.
    private static void SubtractDrift(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int index)
    {
        Real3<T> drift =
            Drift(env, index, BlockSlots.FirstItem, BlockSlots.FirstAnchor)
            - Drift(env, index, BlockSlots.SecondItem, BlockSlots.SecondAnchor);
        (Real3<T>.Read(env.Work, block.Reference) - drift).Write(env.Work, block.Reference);
    }

    private static Real3<T> Drift(
        in Env<T, TWork, TConst, TIndex> env, int index, int item, int anchor)
    {
        int body = Mover(env, index, item);
        Real3<T> arm = Arm(env, index, item, anchor);
        Real3<T> turn = Real3<T>.Read(env.Work, env.At.BodyVelocity + (6 * body));
        Real3<T> move = Real3<T>.Read(env.Work, env.At.BodyVelocity + (6 * body) + 3);
        Real3<T> spin = Real3<T>.Read(env.Work, env.At.BodyAcceleration + (6 * body));
        Real3<T> push = Real3<T>.Read(env.Work, env.At.BodyAcceleration + (6 * body) + 3);
        Real3<T> velocity = move + Real3<T>.Cross(turn, arm);
        return push + Real3<T>.Cross(spin, arm) + Real3<T>.Cross(turn, velocity);
    }

    // Derivative of ½ (c w + w × e) while no joint accelerates; that of w is
    // R₂ᵀ (ω̇₁ - ω̇₂ - ω₂ × (ω₁ - ω₂)).
    private static void SubtractTurningDrift(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int index)
    {
        int first = 6 * Mover(env, index, BlockSlots.FirstItem);
        int second = 6 * Mover(env, index, BlockSlots.SecondItem);
        Real3<T> ownTurn = Real3<T>.Read(env.Work, env.At.BodyVelocity + second);
        Real3<T> apart = Real3<T>.Read(env.Work, env.At.BodyVelocity + first) - ownTurn;
        Real3<T> spin = Real3<T>.Read(env.Work, env.At.BodyAcceleration + first)
            - Real3<T>.Read(env.Work, env.At.BodyAcceleration + second)
            - Real3<T>.Cross(ownTurn, apart);
        Real3<T> turn = InSecond(env, index, apart);
        Real3<T> turning = InSecond(env, index, spin);
        Real3<T> vector = Apart(env, index, out T scalar);
        T half = T.Of(0.5);
        T scalarRate = -half * Real3<T>.Dot(turn, vector);
        Real3<T> vectorRate = half * Real3<T>.AddScaled(
            Real3<T>.Cross(turn, vector), scalar, turn);
        Real3<T> sum = Real3<T>.AddScaled(Real3<T>.Cross(turning, vector), scalar, turning)
            + Real3<T>.AddScaled(Real3<T>.Cross(turn, vectorRate), scalarRate, turn);
        T scale = -half * env.Constants.Get(
            env.At.Constraints.OfBlock(index, BlockSlots.TorqueScale));
        Real3<T>.AddScaled(
            Real3<T>.Read(env.Work, block.Reference + 3), scale, sum).Write(
                env.Work, block.Reference + 3);
    }

    // A vector of the world in the axes of the second body.
    private static Real3<T> InSecond(
        in Env<T, TWork, TConst, TIndex> env, int index, Real3<T> vector)
    {
        int rotation = env.At.Rotation + (9 * Body(env, index, BlockSlots.SecondItem));
        return new(
            Real3<T>.Dot(Real3<T>.ReadColumn(env.Work, rotation), vector),
            Real3<T>.Dot(Real3<T>.ReadColumn(env.Work, rotation + 1), vector),
            Real3<T>.Dot(Real3<T>.ReadColumn(env.Work, rotation + 2), vector));
    }

    // Scalar and vector part of the quaternion of R₂ᵀ R₁ R_rel, from the largest of its parts.
    private static Real3<T> Apart(
        in Env<T, TWork, TConst, TIndex> env, int index, out T scalar)
    {
        Real3<T> x = InSecond(env, index, Held(env, index, 0));
        Real3<T> y = InSecond(env, index, Held(env, index, 1));
        Real3<T> z = InSecond(env, index, Held(env, index, 2));
        T one = T.Of(1);
        T ww = one + x.X + y.Y + z.Z;
        T xx = one + x.X - y.Y - z.Z;
        T yy = one - x.X + y.Y - z.Z;
        T zz = one - x.X - y.Y + z.Z;
        T wx = y.Z - z.Y;
        T wy = z.X - x.Z;
        T wz = x.Y - y.X;
        T xy = y.X + x.Y;
        T xz = z.X + x.Z;
        T yz = z.Y + y.Z;
        T largest = ww;
        scalar = ww;
        Real3<T> vector = new(wx, wy, wz);
        scalar = T.Where(xx - largest, wx, scalar);
        vector = Real3<T>.Where(xx - largest, new(xx, xy, xz), vector);
        largest = T.Max(largest, xx);
        scalar = T.Where(yy - largest, wy, scalar);
        vector = Real3<T>.Where(yy - largest, new(xy, yy, yz), vector);
        largest = T.Max(largest, yy);
        scalar = T.Where(zz - largest, wz, scalar);
        vector = Real3<T>.Where(zz - largest, new(xz, yz, zz), vector);
        T length = T.Sqrt(T.Fma(scalar, scalar, Real3<T>.Dot(vector, vector)));
        T sign = T.Where(-scalar, T.Of(-1), one) / length;
        scalar *= sign;
        return sign * vector;
    }

    private static int Body(in Env<T, TWork, TConst, TIndex> env, int index, int item) =>
        env.Topology.Get(env.At.Constraints.IndexOfBlock(index, item));

    // The body whose velocity and acceleration count: those of fixed bodies are kept for the world.
    private static int Mover(in Env<T, TWork, TConst, TIndex> env, int index, int item)
    {
        int body = Body(env, index, item);
        return env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyMoves)) != 0
            ? body
            : 0;
    }

    private static Real3<T> TreePoint(
        in Env<T, TWork, TConst, TIndex> env, int index, int item)
    {
        int body = Body(env, index, item);
        int root = env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyRoot));
        return Real3<T>.Read(env.Work, env.At.TreePoint + (3 * root));
    }

    // An anchor in world axes, from the body's tree point.
    private static Real3<T> Arm(
        in Env<T, TWork, TConst, TIndex> env, int index, int item, int anchor)
    {
        int body = Body(env, index, item);
        int from = env.At.Constraints.OfBlock(index, anchor);
        T x = env.Constants.Get(from);
        T y = env.Constants.Get(from, 1);
        T z = env.Constants.Get(from, 2);
        int rotation = env.At.Rotation + (9 * body);
        return Real3<T>.Read(env.Work, env.At.Origin + (3 * body)) + new Real3<T>(
            Row(env, rotation, x, y, z),
            Row(env, rotation + 3, x, y, z),
            Row(env, rotation + 6, x, y, z));
    }

    private static T Row(in Env<T, TWork, TConst, TIndex> env, int row, T x, T y, T z) =>
        T.Fma(
            env.Work.Get(row),
            x,
            T.Fma(env.Work.Get(row, 1), y, env.Work.Get(row, 2) * z));

    // Column of R₁ R_rel.
    private static Real3<T> Held(
        in Env<T, TWork, TConst, TIndex> env, int index, int column)
    {
        int own = env.At.Constraints.OfBlock(index, BlockSlots.Relative) + column;
        int rotation = env.At.Rotation + (9 * Body(env, index, BlockSlots.FirstItem));
        T x = env.Constants.Get(own);
        T y = env.Constants.Get(own, 3);
        T z = env.Constants.Get(own, 6);
        return new(
            Row(env, rotation, x, y, z),
            Row(env, rotation + 3, x, y, z),
            Row(env, rotation + 6, x, y, z));
    }
}
