using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// From joint positions to body frames and motion axes. Short phases in scalars: the JIT must be
/// able to inline each one whole. Legend: q = joint position, R = rotation from body to world, p =
/// body origin from the point of its tree, s = motion axis (ω, v) about that point.
/// </summary>
internal static class KinematicPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    // MuJoCo's mjMINVAL: a quaternion shorter than this counts as no rotation.
    private const double QuaternionMin = 1e-15;

    /// <summary>
    /// Sine and cosine of each hinge's angle from its reference; unit quaternion of each ball and
    /// free joint.
    /// </summary>
    public static void JointRotations(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int joint = 0; joint < env.At.JointCount; joint++)
        {
            int block = env.At.IndexOfJoint(joint, 0);
            int kind = env.Topology.Get(block, TopologySlots.JointKind);
            int position = env.At.Position
                + env.Topology.Get(block, TopologySlots.JointPosition);
            int rotation = env.At.JointRotation + (4 * joint);
            if (kind == (int)JointType.Hinge)
            {
                T angle = env.Work.Get(position)
                    - env.Constants.Get(env.At.OfJoint(joint, ConstantSlots.Reference));
                T.SinCos(angle, out T sine, out T cosine);
                env.Work.Set(rotation, sine);
                env.Work.Set(rotation, 1, cosine);
            }
            else if (kind != (int)JointType.Slide)
            {
                Normalize(
                    env, kind == (int)JointType.Free ? position + 3 : position, rotation);
            }
        }
    }

    /// <summary>
    /// R and p of every body, s of every slide and hinge, from the root outwards. Of a ball the
    /// anchor is left in the linear part of its first axis.
    /// </summary>
    public static void BodyFrames(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int k = 0; k < 9; k++)
        {
            env.Work.Set(env.At.Rotation + k, k % 4 == 0 ? T.Of(1) : T.Of(0));
        }

        for (int k = 0; k < 3; k++)
        {
            env.Work.Set(env.At.Origin + k, T.Of(0));
            env.Work.Set(env.At.TreePoint + k, T.Of(0));
        }

        for (int body = 1; body < env.At.BodyCount; body++)
        {
            int block = Layout.IndexOfBody(body, 0);
            if (env.Topology.Get(block, TopologySlots.BodyIsHinge) != 0)
            {
                HingePhases<T, TWork, TConst, TIndex>.Place(env, body);
                continue;
            }

            int placement = env.Topology.Get(block, TopologySlots.BodyPlacement);
            if (placement == (int)BodyPlacement.InParent)
            {
                PlaceInParent(env, body);
            }
            else
            {
                PlaceRoot(env, body, placement);
            }

            int first = env.Topology.Get(block, TopologySlots.BodyFirstJoint);
            int count = env.Topology.Get(block, TopologySlots.BodyJointCount);
            for (int joint = first; joint < first + count; joint++)
            {
                Move(env, body, joint);
            }
        }
    }

    // q / |q|, or no rotation where |q| is 0.
    private static void Normalize(in Env<T, TWork, TConst, TIndex> env, int from, int to)
    {
        T w = env.Work.Get(from);
        T x = env.Work.Get(from, 1);
        T y = env.Work.Get(from, 2);
        T z = env.Work.Get(from, 3);
        T length = T.Sqrt(T.Fma(w, w, T.Fma(x, x, T.Fma(y, y, z * z))));
        T present = length - T.Of(QuaternionMin);
        T inverse = T.Of(1) / T.Where(present, length, T.Of(1));
        env.Work.Set(to, T.Where(T.Of(QuaternionMin) - length, T.Of(1), w * inverse));
        for (int k = 1; k < 4; k++)
        {
            T part = env.Work.Get(from, k) * inverse;
            env.Work.Set(to, k, T.Where(T.Of(QuaternionMin) - length, T.Of(0), part));
        }
    }

    // The first body of a tree: its place in the model, or in the state when it is free, becomes
    // the point of the tree.
    private static void PlaceRoot(
        in Env<T, TWork, TConst, TIndex> env, int body, int placement)
    {
        int joint = env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyFirstJoint));
        bool free = placement == (int)BodyPlacement.FreeRoot;
        int position = free
            ? env.At.Position
                + env.Topology.Get(env.At.IndexOfJoint(joint, TopologySlots.JointPosition))
            : 0;
        for (int k = 0; k < 3; k++)
        {
            T place = free
                ? env.Work.Get(position, k)
                : env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyPosition + k));
            bool moves = placement != (int)BodyPlacement.StaticRoot;
            env.Work.Set(env.At.TreePoint + (3 * body) + k, moves ? place : T.Of(0));
            env.Work.Set(env.At.Origin + (3 * body) + k, moves ? T.Of(0) : place);
        }

        if (free)
        {
            MakeMatrix(
                env, env.At.JointRotation + (4 * joint), env.At.Rotation + (9 * body));
            return;
        }

        for (int k = 0; k < 9; k++)
        {
            env.Work.Set(
                env.At.Rotation + (9 * body) + k,
                env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyRotation + k)));
        }
    }

    // R = R_parent · R_local, p = p_parent + R_parent · p_local.
    private static void PlaceInParent(in Env<T, TWork, TConst, TIndex> env, int body)
    {
        TWork work = env.Work;
        int parent = env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyParent));
        int local = Layout.OfBody(body, ConstantSlots.BodyRotation);
        int offset = Layout.OfBody(body, ConstantSlots.BodyPosition);
        T x = env.Constants.Get(offset);
        T y = env.Constants.Get(offset, 1);
        T z = env.Constants.Get(offset, 2);
        for (int row = 0; row < 3; row++)
        {
            int from = env.At.Rotation + (9 * parent) + (3 * row);
            T a = work.Get(from);
            T b = work.Get(from, 1);
            T c = work.Get(from, 2);
            T p = work.Get(env.At.Origin + (3 * parent) + row);
            work.Set(env.At.Origin + (3 * body) + row, T.Fma(a, x, T.Fma(b, y, T.Fma(c, z, p))));
            for (int column = 0; column < 3; column++)
            {
                T entry = T.Fma(
                    a,
                    env.Constants.Get(local, column),
                    T.Fma(
                        b,
                        env.Constants.Get(local + 3 + column),
                        c * env.Constants.Get(local + 6 + column)));
                work.Set(env.At.Rotation + (9 * body) + (3 * row) + column, entry);
            }
        }
    }

    private static void Move(in Env<T, TWork, TConst, TIndex> env, int body, int joint)
    {
        int block = env.At.IndexOfJoint(joint, 0);
        int kind = env.Topology.Get(block, TopologySlots.JointKind);
        int motion = env.At.Motion + (6 * env.Topology.Get(block, TopologySlots.JointDof));
        if (kind == (int)JointType.Hinge)
        {
            // The anchor stays where it is: anchor = p + R a, then R turns, then p = anchor - R a.
            PlaceAxis(env, body, joint, motion);
            AddAnchor(env, body, joint, T.Of(1));
            MakeHingeAxis(env, body, motion);
            TurnByAngle(env, body, joint);
            AddAnchor(env, body, joint, T.Of(-1));
        }
        else if (kind == (int)JointType.Slide)
        {
            PlaceAxis(env, body, joint, motion);
            int position = env.Topology.Get(block, TopologySlots.JointPosition);
            Slide(env, body, joint, motion, env.At.Position + position);
        }
        else if (kind == (int)JointType.Ball)
        {
            AddAnchor(env, body, joint, T.Of(1));
            for (int k = 0; k < 3; k++)
            {
                env.Work.Set(motion + 3 + k, env.Work.Get(env.At.Origin + (3 * body) + k));
            }

            MakeMatrix(env, env.At.JointRotation + (4 * joint), motion + 6);
            TurnByMatrix(env, body, motion + 6);
            AddAnchor(env, body, joint, T.Of(-1));
        }
    }

    // s = (0, R · axis): what a slide needs, and what a hinge turns about.
    private static void PlaceAxis(
        in Env<T, TWork, TConst, TIndex> env, int body, int joint, int motion)
    {
        TWork work = env.Work;
        int axis = env.At.OfJoint(joint, ConstantSlots.Axis);
        T x = env.Constants.Get(axis);
        T y = env.Constants.Get(axis, 1);
        T z = env.Constants.Get(axis, 2);
        for (int row = 0; row < 3; row++)
        {
            int from = env.At.Rotation + (9 * body) + (3 * row);
            T entry = T.Fma(
                work.Get(from), x, T.Fma(work.Get(from, 1), y, work.Get(from, 2) * z));
            work.Set(motion, row, T.Of(0));
            work.Set(motion + 3 + row, entry);
        }
    }

    // p += axis (q - reference).
    private static void Slide(
        in Env<T, TWork, TConst, TIndex> env, int body, int joint, int motion, int position)
    {
        TWork work = env.Work;
        T travel = work.Get(position)
            - env.Constants.Get(env.At.OfJoint(joint, ConstantSlots.Reference));
        for (int row = 0; row < 3; row++)
        {
            int origin = env.At.Origin + (3 * body) + row;
            T axis = work.Get(motion + 3 + row);
            work.Set(origin, T.Fma(axis, travel, work.Get(origin)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddAnchor(
        in Env<T, TWork, TConst, TIndex> env, int body, int joint, T sign)
    {
        TWork work = env.Work;
        int anchor = env.At.OfJoint(joint, ConstantSlots.Anchor);
        T x = sign * env.Constants.Get(anchor);
        T y = sign * env.Constants.Get(anchor, 1);
        T z = sign * env.Constants.Get(anchor, 2);
        for (int row = 0; row < 3; row++)
        {
            int from = env.At.Rotation + (9 * body) + (3 * row);
            int origin = env.At.Origin + (3 * body) + row;
            T moved = T.Fma(
                work.Get(from),
                x,
                T.Fma(work.Get(from, 1), y, T.Fma(work.Get(from, 2), z, work.Get(origin))));
            work.Set(origin, moved);
        }
    }

    // s = (axis, anchor × axis); the body's origin is the anchor at this point.
    private static void MakeHingeAxis(
        in Env<T, TWork, TConst, TIndex> env, int body, int motion)
    {
        for (int k = 0; k < 3; k++)
        {
            env.Work.Set(motion, k, env.Work.Get(motion + 3 + k));
        }

        SetMoment(env, motion, env.At.Origin + (3 * body));
    }

    /// <summary>Linear part of s = point × angular part.</summary>
    public static void SetMoment(in Env<T, TWork, TConst, TIndex> env, int motion, int point)
    {
        TWork work = env.Work;
        T x = work.Get(motion);
        T y = work.Get(motion, 1);
        T z = work.Get(motion, 2);
        T px = work.Get(point);
        T py = work.Get(point, 1);
        T pz = work.Get(point, 2);
        work.Set(motion, 3, T.Fnma(pz, y, py * z));
        work.Set(motion, 4, T.Fnma(px, z, pz * x));
        work.Set(motion, 5, T.Fnma(py, x, px * y));
    }

    // R = R · Rodrigues(axis, q): each row r becomes r cos + (r × axis) sin + axis (r·axis)(1 -
    // cos).
    private static void TurnByAngle(in Env<T, TWork, TConst, TIndex> env, int body, int joint)
    {
        TWork work = env.Work;
        int axis = env.At.OfJoint(joint, ConstantSlots.Axis);
        T x = env.Constants.Get(axis);
        T y = env.Constants.Get(axis, 1);
        T z = env.Constants.Get(axis, 2);
        T sine = work.Get(env.At.JointRotation + (4 * joint));
        T cosine = work.Get(env.At.JointRotation + (4 * joint), 1);
        T rest = T.Of(1) - cosine;
        for (int row = 0; row < 3; row++)
        {
            int at = env.At.Rotation + (9 * body) + (3 * row);
            T a = work.Get(at);
            T b = work.Get(at, 1);
            T c = work.Get(at, 2);
            T along = T.Fma(a, x, T.Fma(b, y, c * z)) * rest;
            work.Set(at, T.Fma(a, cosine, T.Fma(T.Fnma(c, y, b * z), sine, x * along)));
            work.Set(at, 1, T.Fma(b, cosine, T.Fma(T.Fnma(a, z, c * x), sine, y * along)));
            work.Set(at, 2, T.Fma(c, cosine, T.Fma(T.Fnma(b, x, a * y), sine, z * along)));
        }
    }

    // The rotation matrix of a unit quaternion, by rows.
    private static void MakeMatrix(in Env<T, TWork, TConst, TIndex> env, int quaternion, int to)
    {
        TWork work = env.Work;
        T w = work.Get(quaternion);
        T x = work.Get(quaternion, 1);
        T y = work.Get(quaternion, 2);
        T z = work.Get(quaternion, 3);
        T two = T.Of(2);
        T ww = w * w;
        T xx = x * x;
        T yy = y * y;
        T zz = z * z;
        work.Set(to, ww + xx - yy - zz);
        work.Set(to, 1, two * T.Fnma(w, z, x * y));
        work.Set(to, 2, two * T.Fma(w, y, x * z));
        work.Set(to, 3, two * T.Fma(w, z, x * y));
        work.Set(to, 4, ww - xx + yy - zz);
        work.Set(to, 5, two * T.Fnma(w, x, y * z));
        work.Set(to, 6, two * T.Fnma(w, y, x * z));
        work.Set(to, 7, two * T.Fma(w, x, y * z));
        work.Set(to, 8, ww - xx - yy + zz);
    }

    // R = R · matrix.
    private static void TurnByMatrix(in Env<T, TWork, TConst, TIndex> env, int body, int matrix)
    {
        TWork work = env.Work;
        for (int row = 0; row < 3; row++)
        {
            int at = env.At.Rotation + (9 * body) + (3 * row);
            T a = work.Get(at);
            T b = work.Get(at, 1);
            T c = work.Get(at, 2);
            for (int column = 0; column < 3; column++)
            {
                T entry = T.Fma(
                    a,
                    work.Get(matrix, column),
                    T.Fma(
                        b, work.Get(matrix + 3 + column), c * work.Get(matrix + 6 + column)));
                work.Set(at, column, entry);
            }
        }
    }
}
