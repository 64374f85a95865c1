using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The frame of a body with one hinge, the common case, from constants that hold all that does not
/// depend on the angle: R = R_parent · (A + cos q · B + sin q · C) with A = L a aᵀ, B = L - A and
/// C = L [a]×, where L is the body's rotation to its parent and a the axis.
/// </summary>
internal static class HingePhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>A, B, C, and the axis and anchor in the parent's frame, of every hinge.</summary>
    public static void Derive(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int body = 1; body < env.At.BodyCount; body++)
        {
            int block = Layout.IndexOfBody(body, 0);
            if (env.Topology.Get(block, TopologySlots.BodyIsHinge) != 0)
            {
                int joint = env.Topology.Get(block, TopologySlots.BodyFirstJoint);
                for (int row = 0; row < 3; row++)
                {
                    DeriveRow(env, body, joint, row);
                }
            }
        }
    }

    /// <summary>R, p and the motion axis of a body with one hinge.</summary>
    public static void Place(in Env<T, TWork, TConst, TIndex> env, int body)
    {
        int block = Layout.IndexOfBody(body, 0);
        int joint = env.Topology.Get(block, TopologySlots.BodyFirstJoint);
        int parent = env.Topology.Get(block, TopologySlots.BodyParent);
        if (env.Topology.Get(block, TopologySlots.BodyPlacement) != (int)BodyPlacement.InParent)
        {
            for (int k = 0; k < 3; k++)
            {
                env.Work.Set(
                    env.At.TreePoint + (3 * body) + k,
                    env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyPosition + k)));
            }
        }

        Turn(env, body, joint, parent);
        PlaceAxis(env, body, joint, parent);
        if (env.Topology.Get(block, TopologySlots.BodyHasAnchor) != 0)
        {
            LeaveAnchor(env, body, joint);
        }
    }

    private static void DeriveRow(
        in Env<T, TWork, TConst, TIndex> env, int body, int joint, int row)
    {
        int from = Layout.OfBody(body, ConstantSlots.BodyRotation + (3 * row));
        int block = env.At.OfJoint(joint, 0);
        T a = env.Constants.Get(from);
        T b = env.Constants.Get(from, 1);
        T c = env.Constants.Get(from, 2);
        T x = env.Constants.Get(block, ConstantSlots.Axis);
        T y = env.Constants.Get(block + ConstantSlots.Axis, 1);
        T z = env.Constants.Get(block + ConstantSlots.Axis, 2);
        T along = T.Fma(a, x, T.Fma(b, y, c * z));
        int fixedPart = block + ConstantSlots.HingeFixed + (3 * row);
        env.Constants.Set(fixedPart, along * x);
        env.Constants.Set(fixedPart, 1, along * y);
        env.Constants.Set(fixedPart, 2, along * z);
        int cosinePart = block + ConstantSlots.HingeCosine + (3 * row);
        env.Constants.Set(cosinePart, T.Fnma(along, x, a));
        env.Constants.Set(cosinePart, 1, T.Fnma(along, y, b));
        env.Constants.Set(cosinePart, 2, T.Fnma(along, z, c));
        int sinePart = block + ConstantSlots.HingeSine + (3 * row);
        env.Constants.Set(sinePart, T.Fnma(c, y, b * z));
        env.Constants.Set(sinePart, 1, T.Fnma(a, z, c * x));
        env.Constants.Set(sinePart, 2, T.Fnma(b, x, a * y));
        env.Constants.Set(block + ConstantSlots.HingeAxis + row, along);
        T anchor = T.Fma(
            a,
            env.Constants.Get(block, ConstantSlots.Anchor),
            T.Fma(
                b,
                env.Constants.Get(block + ConstantSlots.Anchor, 1),
                c * env.Constants.Get(block + ConstantSlots.Anchor, 2)));

        // The point of a tree takes the place of its first body.
        bool isRoot = env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyPlacement))
            != (int)BodyPlacement.InParent;
        T place = env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyPosition + row));
        env.Constants.Set(
            block + ConstantSlots.HingeAnchor + row, isRoot ? anchor : anchor + place);
    }

    private static void Turn(
        in Env<T, TWork, TConst, TIndex> env, int body, int joint, int parent)
    {
        TWork work = env.Work;
        T sine = work.Get(env.At.JointRotation + (4 * joint));
        T cosine = work.Get(env.At.JointRotation + (4 * joint), 1);
        int from = env.At.Rotation + (9 * parent);
        int to = env.At.Rotation + (9 * body);
        int block = env.At.OfJoint(joint, 0);
        T xx = work.Get(from);
        T xy = work.Get(from, 1);
        T xz = work.Get(from, 2);
        T yx = work.Get(from, 3);
        T yy = work.Get(from, 4);
        T yz = work.Get(from, 5);
        T zx = work.Get(from, 6);
        T zy = work.Get(from, 7);
        T zz = work.Get(from, 8);
        for (int column = 0; column < 3; column++)
        {
            T a = Entry(env, block + column, sine, cosine);
            T b = Entry(env, block + column + 3, sine, cosine);
            T c = Entry(env, block + column + 6, sine, cosine);
            work.Set(to, column, T.Fma(xx, a, T.Fma(xy, b, xz * c)));
            work.Set(to + column, 3, T.Fma(yx, a, T.Fma(yy, b, yz * c)));
            work.Set(to + column, 6, T.Fma(zx, a, T.Fma(zy, b, zz * c)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Entry(in Env<T, TWork, TConst, TIndex> env, int slot, T sine, T cosine) =>
        T.Fma(
            env.Constants.Get(slot, ConstantSlots.HingeSine),
            sine,
            T.Fma(
                env.Constants.Get(slot, ConstantSlots.HingeCosine),
                cosine,
                env.Constants.Get(slot, ConstantSlots.HingeFixed)));

    // s = (axis, anchor × axis); p is the anchor for now.
    private static void PlaceAxis(
        in Env<T, TWork, TConst, TIndex> env, int body, int joint, int parent)
    {
        TWork work = env.Work;
        int motion = env.At.Motion
            + (6 * env.Topology.Get(env.At.IndexOfJoint(joint, TopologySlots.JointDof)));
        int origin = env.At.Origin + (3 * body);
        T x = Along(env, joint, parent, 0);
        T y = Along(env, joint, parent, 1);
        T z = Along(env, joint, parent, 2);
        T px = Carried(env, joint, parent, 0);
        T py = Carried(env, joint, parent, 1);
        T pz = Carried(env, joint, parent, 2);
        work.Set(motion, x);
        work.Set(motion, 1, y);
        work.Set(motion, 2, z);
        work.Set(motion, 3, T.Fnma(pz, y, py * z));
        work.Set(motion, 4, T.Fnma(px, z, pz * x));
        work.Set(motion, 5, T.Fnma(py, x, px * y));
        work.Set(origin, px);
        work.Set(origin, 1, py);
        work.Set(origin, 2, pz);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Along(
        in Env<T, TWork, TConst, TIndex> env, int joint, int parent, int row)
    {
        int from = env.At.Rotation + (9 * parent) + (3 * row);
        int axis = env.At.OfJoint(joint, ConstantSlots.HingeAxis);
        return T.Fma(
            env.Work.Get(from),
            env.Constants.Get(axis),
            T.Fma(
                env.Work.Get(from, 1),
                env.Constants.Get(axis, 1),
                env.Work.Get(from, 2) * env.Constants.Get(axis, 2)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Carried(
        in Env<T, TWork, TConst, TIndex> env, int joint, int parent, int row)
    {
        int from = env.At.Rotation + (9 * parent) + (3 * row);
        int anchor = env.At.OfJoint(joint, ConstantSlots.HingeAnchor);
        return T.Fma(
            env.Work.Get(from),
            env.Constants.Get(anchor),
            T.Fma(
                env.Work.Get(from, 1),
                env.Constants.Get(anchor, 1),
                T.Fma(
                    env.Work.Get(from, 2),
                    env.Constants.Get(anchor, 2),
                    env.Work.Get(env.At.Origin + (3 * parent) + row))));
    }

    // p = anchor - R · anchor in the body.
    private static void LeaveAnchor(
        in Env<T, TWork, TConst, TIndex> env, int body, int joint)
    {
        int anchor = env.At.OfJoint(joint, ConstantSlots.Anchor);
        T x = env.Constants.Get(anchor);
        T y = env.Constants.Get(anchor, 1);
        T z = env.Constants.Get(anchor, 2);
        for (int row = 0; row < 3; row++)
        {
            int from = env.At.Rotation + (9 * body) + (3 * row);
            int origin = env.At.Origin + (3 * body) + row;
            T place = T.Fnma(env.Work.Get(from), x, env.Work.Get(origin));
            place = T.Fnma(env.Work.Get(from, 1), y, place);
            env.Work.Set(origin, T.Fnma(env.Work.Get(from, 2), z, place));
        }
    }
}
