using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// From joint positions to body frames, motion axes and inertias in the world frame. Short phases
/// in scalars: the JIT must be able to inline each one whole. Legend: q = joint position, R =
/// rotation from body to world, p = body origin, s = motion axis (ω, v) about the world origin, c =
/// centre of mass, h = m c.
/// </summary>
internal static class KinematicPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Sine and cosine of each hinge's angle from its reference.</summary>
    public static void JointTrigonometry(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T angle = work.Get(env.At.Position + dof)
                - env.Constants.Get(env.At.OfDof(dof, ConstantSlots.Reference));
            T.SinCos(angle, out T sine, out T cosine);
            work.Set(env.At.Sine + dof, sine);
            work.Set(env.At.Cosine + dof, cosine);
        }
    }

    /// <summary>R and p of every body, s of every dof, from the root outwards.</summary>
    public static void BodyFrames(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        for (int k = 0; k < 9; k++)
        {
            work.Set(env.At.Rotation + k, T.Of(k % 4 == 0 ? 1 : 0));
        }

        for (int k = 0; k < 3; k++)
        {
            work.Set(env.At.Origin + k, T.Of(0));
        }

        for (int body = 1; body < env.At.BodyCount; body++)
        {
            PlaceInParent(env, body);
            int first = env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyFirstDof));
            int count = env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyDofCount));
            for (int dof = first; dof < first + count; dof++)
            {
                PlaceAxis(env, body, dof);
                if (env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofIsSlide)) != 0)
                {
                    Slide(env, body, dof);
                }
                else
                {
                    Turn(env, body, dof);
                }
            }
        }
    }

    /// <summary>
    /// Spatial inertia of every body in the world frame, about the world's origin.
    /// </summary>
    public static void BodyInertias(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int body = 1; body < env.At.BodyCount; body++)
        {
            RotateInertia(env, body);
            ShiftInertia(env, body);
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
        T y = env.Constants.Get(offset + 1);
        T z = env.Constants.Get(offset + 2);
        for (int row = 0; row < 3; row++)
        {
            int from = env.At.Rotation + (9 * parent) + (3 * row);
            T a = work.Get(from);
            T b = work.Get(from + 1);
            T c = work.Get(from + 2);
            T p = work.Get(env.At.Origin + (3 * parent) + row);
            work.Set(env.At.Origin + (3 * body) + row, T.Fma(a, x, T.Fma(b, y, T.Fma(c, z, p))));
            for (int column = 0; column < 3; column++)
            {
                T entry = T.Fma(
                    a,
                    env.Constants.Get(local + column),
                    T.Fma(
                        b,
                        env.Constants.Get(local + 3 + column),
                        c * env.Constants.Get(local + 6 + column)));
                work.Set(env.At.Rotation + (9 * body) + (3 * row) + column, entry);
            }
        }
    }

    // The linear part of s is R · axis for now: what a slide needs, and what a hinge turns about.
    private static void PlaceAxis(in Env<T, TWork, TConst, TIndex> env, int body, int dof)
    {
        TWork work = env.Work;
        int axis = env.At.OfDof(dof, ConstantSlots.Axis);
        T x = env.Constants.Get(axis);
        T y = env.Constants.Get(axis + 1);
        T z = env.Constants.Get(axis + 2);
        for (int row = 0; row < 3; row++)
        {
            int from = env.At.Rotation + (9 * body) + (3 * row);
            T entry = T.Fma(
                work.Get(from), x, T.Fma(work.Get(from + 1), y, work.Get(from + 2) * z));
            work.Set(env.At.Motion + (6 * dof) + row, T.Of(0));
            work.Set(env.At.Motion + (6 * dof) + 3 + row, entry);
        }
    }

    // p += axis (q - reference).
    private static void Slide(in Env<T, TWork, TConst, TIndex> env, int body, int dof)
    {
        TWork work = env.Work;
        T travel = work.Get(env.At.Position + dof)
            - env.Constants.Get(env.At.OfDof(dof, ConstantSlots.Reference));
        for (int row = 0; row < 3; row++)
        {
            int origin = env.At.Origin + (3 * body) + row;
            T axis = work.Get(env.At.Motion + (6 * dof) + 3 + row);
            work.Set(origin, T.Fma(axis, travel, work.Get(origin)));
        }
    }

    // The anchor stays where it is: anchor = p + R a, then R turns, then p = anchor - R a.
    private static void Turn(in Env<T, TWork, TConst, TIndex> env, int body, int dof)
    {
        AddAnchor(env, body, dof, T.Of(1));
        MakeHingeAxis(env, body, dof);
        TurnRotation(env, body, dof);
        AddAnchor(env, body, dof, T.Of(-1));
    }

    private static void AddAnchor(
        in Env<T, TWork, TConst, TIndex> env, int body, int dof, T sign)
    {
        TWork work = env.Work;
        int anchor = env.At.OfDof(dof, ConstantSlots.Anchor);
        T x = sign * env.Constants.Get(anchor);
        T y = sign * env.Constants.Get(anchor + 1);
        T z = sign * env.Constants.Get(anchor + 2);
        for (int row = 0; row < 3; row++)
        {
            int from = env.At.Rotation + (9 * body) + (3 * row);
            int origin = env.At.Origin + (3 * body) + row;
            T moved = T.Fma(
                work.Get(from),
                x,
                T.Fma(work.Get(from + 1), y, T.Fma(work.Get(from + 2), z, work.Get(origin))));
            work.Set(origin, moved);
        }
    }

    // s = (axis, anchor × axis); the body's origin is the anchor at this point.
    private static void MakeHingeAxis(in Env<T, TWork, TConst, TIndex> env, int body, int dof)
    {
        TWork work = env.Work;
        int motion = env.At.Motion + (6 * dof);
        int origin = env.At.Origin + (3 * body);
        T x = work.Get(motion + 3);
        T y = work.Get(motion + 4);
        T z = work.Get(motion + 5);
        T px = work.Get(origin);
        T py = work.Get(origin + 1);
        T pz = work.Get(origin + 2);
        work.Set(motion, x);
        work.Set(motion + 1, y);
        work.Set(motion + 2, z);
        work.Set(motion + 3, T.Fnma(pz, y, py * z));
        work.Set(motion + 4, T.Fnma(px, z, pz * x));
        work.Set(motion + 5, T.Fnma(py, x, px * y));
    }

    // R = R · Rodrigues(axis, q): each row r becomes r cos + (r × axis) sin + axis (r·axis)(1 -
    // cos).
    private static void TurnRotation(in Env<T, TWork, TConst, TIndex> env, int body, int dof)
    {
        TWork work = env.Work;
        int axis = env.At.OfDof(dof, ConstantSlots.Axis);
        T x = env.Constants.Get(axis);
        T y = env.Constants.Get(axis + 1);
        T z = env.Constants.Get(axis + 2);
        T sine = work.Get(env.At.Sine + dof);
        T cosine = work.Get(env.At.Cosine + dof);
        T rest = T.Of(1) - cosine;
        for (int row = 0; row < 3; row++)
        {
            int at = env.At.Rotation + (9 * body) + (3 * row);
            T a = work.Get(at);
            T b = work.Get(at + 1);
            T c = work.Get(at + 2);
            T along = T.Fma(a, x, T.Fma(b, y, c * z)) * rest;
            work.Set(at, T.Fma(a, cosine, T.Fma(T.Fnma(c, y, b * z), sine, x * along)));
            work.Set(at + 1, T.Fma(b, cosine, T.Fma(T.Fnma(a, z, c * x), sine, y * along)));
            work.Set(at + 2, T.Fma(c, cosine, T.Fma(T.Fnma(b, x, a * y), sine, z * along)));
        }
    }

    // R I Rᵀ in two halves: B = R I by rows, then B Rᵀ; the result goes to the first six slots.
    private static void RotateInertia(in Env<T, TWork, TConst, TIndex> env, int body)
    {
        TWork work = env.Work;
        int inertia = Layout.OfBody(body, ConstantSlots.BodyInertia);
        T xx = env.Constants.Get(inertia);
        T yy = env.Constants.Get(inertia + 1);
        T zz = env.Constants.Get(inertia + 2);
        T xy = env.Constants.Get(inertia + 3);
        T xz = env.Constants.Get(inertia + 4);
        T yz = env.Constants.Get(inertia + 5);
        for (int row = 0; row < 3; row++)
        {
            int from = env.At.Rotation + (9 * body) + (3 * row);
            T a = work.Get(from);
            T b = work.Get(from + 1);
            T c = work.Get(from + 2);
            T u = T.Fma(a, xx, T.Fma(b, xy, c * xz));
            T v = T.Fma(a, xy, T.Fma(b, yy, c * yz));
            T w = T.Fma(a, xz, T.Fma(b, yz, c * zz));
            for (int column = row; column < 3; column++)
            {
                int other = env.At.Rotation + (9 * body) + (3 * column);
                T entry = T.Fma(
                    u, work.Get(other), T.Fma(v, work.Get(other + 1), w * work.Get(other + 2)));
                int slot = row == column ? row : row + column + 2;
                work.Set(env.At.Inertia + (10 * body) + slot, entry);
            }
        }
    }

    // I += m (|c|² 1 - c cᵀ), h = m c.
    private static void ShiftInertia(in Env<T, TWork, TConst, TIndex> env, int body)
    {
        TWork work = env.Work;
        int inertia = env.At.Inertia + (10 * body);
        int center = Layout.OfBody(body, ConstantSlots.BodyCenter);
        T mass = env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyMass));
        for (int row = 0; row < 3; row++)
        {
            int from = env.At.Rotation + (9 * body) + (3 * row);
            T along = T.Fma(
                work.Get(from),
                env.Constants.Get(center),
                T.Fma(
                    work.Get(from + 1),
                    env.Constants.Get(center + 1),
                    T.Fma(
                        work.Get(from + 2),
                        env.Constants.Get(center + 2),
                        work.Get(env.At.Origin + (3 * body) + row))));
            work.Set(inertia + 6 + row, along);
        }

        T x = work.Get(inertia + 6);
        T y = work.Get(inertia + 7);
        T z = work.Get(inertia + 8);
        T hx = mass * x;
        T hy = mass * y;
        T hz = mass * z;
        work.Set(inertia, work.Get(inertia) + T.Fma(hy, y, hz * z));
        work.Set(inertia + 1, work.Get(inertia + 1) + T.Fma(hx, x, hz * z));
        work.Set(inertia + 2, work.Get(inertia + 2) + T.Fma(hx, x, hy * y));
        work.Set(inertia + 3, T.Fnma(hx, y, work.Get(inertia + 3)));
        work.Set(inertia + 4, T.Fnma(hx, z, work.Get(inertia + 4)));
        work.Set(inertia + 5, T.Fnma(hy, z, work.Get(inertia + 5)));
        work.Set(inertia + 6, hx);
        work.Set(inertia + 7, hy);
        work.Set(inertia + 8, hz);
        work.Set(inertia + 9, mass);
    }
}
