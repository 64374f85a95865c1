using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Bias forces by the recursive Newton-Euler algorithm and the mass matrix by composite rigid
/// bodies (Featherstone, Rigid Body Dynamics Algorithms, 2008, chapters 5 and 6). Legend: v = body
/// velocity, a = body acceleration without joint accelerations, f = force on the body, s = motion
/// axis, I = spatial inertia; all about the point of the tree in world axes, so nothing is
/// transformed.
/// </summary>
internal static class RigidBodyPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>
    /// v = v_parent + Σ s q̇; a = a_parent + Σ (v × s) q̇, with a_world = -gravity.
    /// </summary>
    public static void BodyMotions(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        for (int k = 0; k < 3; k++)
        {
            work.Set(env.At.BodyVelocity + k, T.Of(0));
            work.Set(env.At.BodyVelocity + 3 + k, T.Of(0));
            work.Set(env.At.BodyAcceleration + k, T.Of(0));
            work.Set(
                env.At.BodyAcceleration + 3 + k, -env.Constants.Get(ConstantSlots.Gravity + k));
        }

        for (int body = 1; body < env.At.BodyCount; body++)
        {
            int block = Layout.IndexOfBody(body, 0);
            if (env.Topology.Get(block, TopologySlots.BodyMoves) == 0)
            {
                continue;
            }

            int carrier = env.Topology.Get(block, TopologySlots.BodyCarrier);
            if (env.Topology.Get(block, TopologySlots.BodyDofCount) == 1)
            {
                CarryOn(env, body, carrier);
                continue;
            }

            for (int k = 0; k < 6; k++)
            {
                work.Set(
                    env.At.BodyVelocity + (6 * body) + k,
                    work.Get(env.At.BodyVelocity + (6 * carrier) + k));
                work.Set(
                    env.At.BodyAcceleration + (6 * body) + k,
                    work.Get(env.At.BodyAcceleration + (6 * carrier) + k));
            }

            int first = env.Topology.Get(block, TopologySlots.BodyFirstJoint);
            int count = env.Topology.Get(block, TopologySlots.BodyJointCount);
            for (int joint = first; joint < first + count; joint++)
            {
                AddJointMotion(env, body, joint);
            }
        }
    }

    /// <summary>
    /// bias = s·f from the tips inwards, forces and inertias summed into the carriers.
    /// </summary>
    public static void Gather(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int body = env.At.BodyCount - 1; body > 0; body--)
        {
            int block = Layout.IndexOfBody(body, 0);
            int first = env.Topology.Get(block, TopologySlots.BodyFirstDof);
            int count = env.Topology.Get(block, TopologySlots.BodyDofCount);
            for (int dof = first; dof < first + count; dof++)
            {
                T bias = Project(env, env.At.Motion + (6 * dof), env.At.BodyForce + (6 * body));
                env.Work.Set(env.At.Bias + dof, bias);
            }

            int carrier = env.Topology.Get(block, TopologySlots.BodyCarrier);
            if (carrier > 0)
            {
                AddSix(env, env.At.BodyForce + (6 * carrier), env.At.BodyForce + (6 * body));
                int inertia = env.At.Inertia + (10 * body);
                int sum = env.At.Inertia + (10 * carrier);
                AddSix(env, sum, inertia);
                Add(env, sum + 6, inertia + 6);
                Add(env, sum + 7, inertia + 7);
                Add(env, sum + 8, inertia + 8);
                Add(env, sum + 9, inertia + 9);
            }
        }
    }

    /// <summary>
    /// M_ij = s_j · (I s_i), I of the body and all below it, along the ancestors of i; M_ii +=
    /// armature.
    /// </summary>
    public static void MassMatrix(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            MassRow(env, dof);
        }
    }

    // The force I s_i stays in registers along the ancestors.
    private static void MassRow(in Env<T, TWork, TConst, TIndex> env, int dof)
    {
        TWork work = env.Work;
        int body = env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofBody));
        int motion = env.At.Motion + (6 * dof);
        int inertia = env.At.Inertia + (10 * body);
        int row = env.At.MassMatrix + (dof * env.At.DofCount);
        T wx = work.Get(motion);
        T wy = work.Get(motion, 1);
        T wz = work.Get(motion, 2);
        T ux = work.Get(motion, 3);
        T uy = work.Get(motion, 4);
        T uz = work.Get(motion, 5);
        Angular(env, inertia, wx, wy, wz, ux, uy, uz, out T nx, out T ny, out T nz);
        Linear(env, inertia, wx, wy, wz, ux, uy, uz, out T fx, out T fy, out T fz);
        T own = T.Fma(wx, nx, T.Fma(wy, ny, wz * nz)) + T.Fma(ux, fx, T.Fma(uy, fy, uz * fz));
        work.Set(row, dof, own + env.Constants.Get(env.At.OfDof(dof, ConstantSlots.Armature)));
        int above = env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofParent));
        while (above >= 0)
        {
            int other = env.At.Motion + (6 * above);
            T angular = T.Fma(
                work.Get(other),
                nx,
                T.Fma(work.Get(other, 1), ny, work.Get(other, 2) * nz));
            T linear = T.Fma(
                work.Get(other, 3),
                fx,
                T.Fma(work.Get(other, 4), fy, work.Get(other, 5) * fz));
            work.Set(row, above, angular + linear);
            above = env.Topology.Get(env.At.IndexOfDof(above, TopologySlots.DofParent));
        }
    }

    // A body of one dof: v = v_c + s q̇, a = a_c + (v_c × s) q̇ with
    // (ω, u) × (α, β) = (ω × α, ω × β + u × α).
    private static void CarryOn(in Env<T, TWork, TConst, TIndex> env, int body, int carrier)
    {
        TWork work = env.Work;
        int dof = env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyFirstDof));
        int s = env.At.Motion + (6 * dof);
        int v = env.At.BodyVelocity + (6 * carrier);
        int to = env.At.BodyVelocity + (6 * body);
        T rate = work.Get(env.At.Velocity + dof);
        T wx = work.Get(v);
        T wy = work.Get(v, 1);
        T wz = work.Get(v, 2);
        T ux = work.Get(v, 3);
        T uy = work.Get(v, 4);
        T uz = work.Get(v, 5);
        T ax = work.Get(s) * rate;
        T ay = work.Get(s, 1) * rate;
        T az = work.Get(s, 2) * rate;
        T bx = work.Get(s, 3) * rate;
        T by = work.Get(s, 4) * rate;
        T bz = work.Get(s, 5) * rate;
        work.Set(to, wx + ax);
        work.Set(to, 1, wy + ay);
        work.Set(to, 2, wz + az);
        work.Set(to, 3, ux + bx);
        work.Set(to, 4, uy + by);
        work.Set(to, 5, uz + bz);
        int from = env.At.BodyAcceleration + (6 * carrier);
        to = env.At.BodyAcceleration + (6 * body);
        work.Set(to, T.Fma(wy, az, T.Fnma(wz, ay, work.Get(from))));
        work.Set(to, 1, T.Fma(wz, ax, T.Fnma(wx, az, work.Get(from, 1))));
        work.Set(to, 2, T.Fma(wx, ay, T.Fnma(wy, ax, work.Get(from, 2))));
        T x = T.Fma(wy, bz, T.Fnma(wz, by, work.Get(from, 3)));
        T y = T.Fma(wz, bx, T.Fnma(wx, bz, work.Get(from, 4)));
        T z = T.Fma(wx, by, T.Fnma(wy, bx, work.Get(from, 5)));
        work.Set(to, 3, T.Fma(uy, az, T.Fnma(uz, ay, x)));
        work.Set(to, 4, T.Fma(uz, ax, T.Fnma(ux, az, y)));
        work.Set(to, 5, T.Fma(ux, ay, T.Fnma(uy, ax, z)));
    }

    // A ball's axes turn with the velocity of what carries it, and so with the translation of a
    // free joint; a free joint's translations keep their axes.
    private static void AddJointMotion(in Env<T, TWork, TConst, TIndex> env, int body, int joint)
    {
        int block = env.At.IndexOfJoint(joint, 0);
        int kind = env.Topology.Get(block, TopologySlots.JointKind);
        int dof = env.Topology.Get(block, TopologySlots.JointDof);
        int count = 1;
        if (kind == (int)JointType.Free)
        {
            for (int k = 0; k < 3; k++)
            {
                AddJointVelocity(env, body, dof + k);
            }

            dof += 3;
            count = 3;
        }
        else if (kind == (int)JointType.Ball)
        {
            count = 3;
        }

        for (int k = 0; k < count; k++)
        {
            AddCoriolis(env, body, dof + k);
        }

        for (int k = 0; k < count; k++)
        {
            AddJointVelocity(env, body, dof + k);
        }
    }

    // a += (v × s) q̇ with (ω, u) × (α, β) = (ω × α, ω × β + u × α).
    private static void AddCoriolis(in Env<T, TWork, TConst, TIndex> env, int body, int dof)
    {
        TWork work = env.Work;
        int v = env.At.BodyVelocity + (6 * body);
        int s = env.At.Motion + (6 * dof);
        int a = env.At.BodyAcceleration + (6 * body);
        T rate = work.Get(env.At.Velocity + dof);
        for (int k = 0; k < 3; k++)
        {
            int i = (k + 1) % 3;
            int j = (k + 2) % 3;
            T angular = T.Fnma(work.Get(v, j), work.Get(s, i), work.Get(v, i) * work.Get(s, j));
            T linear = T.Fnma(
                work.Get(v, j),
                work.Get(s + 3 + i),
                work.Get(v, i) * work.Get(s + 3 + j));
            linear = T.Fma(work.Get(v + 3 + i), work.Get(s, j), linear);
            linear = T.Fnma(work.Get(v + 3 + j), work.Get(s, i), linear);
            work.Set(a, k, T.Fma(angular, rate, work.Get(a, k)));
            work.Set(a + 3 + k, T.Fma(linear, rate, work.Get(a + 3 + k)));
        }
    }

    private static void AddJointVelocity(in Env<T, TWork, TConst, TIndex> env, int body, int dof)
    {
        TWork work = env.Work;
        T rate = work.Get(env.At.Velocity + dof);
        for (int k = 0; k < 6; k++)
        {
            int slot = env.At.BodyVelocity + (6 * body) + k;
            work.Set(slot, T.Fma(work.Get(env.At.Motion + (6 * dof) + k), rate, work.Get(slot)));
        }
    }

    // Linear part of I (ω, u): m u - h × ω.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Linear(
        in Env<T, TWork, TConst, TIndex> env,
        int inertia,
        T wx,
        T wy,
        T wz,
        T ux,
        T uy,
        T uz,
        out T x,
        out T y,
        out T z)
    {
        T hx = env.Work.Get(inertia, 6);
        T hy = env.Work.Get(inertia, 7);
        T hz = env.Work.Get(inertia, 8);
        T mass = env.Work.Get(inertia, 9);
        x = T.Fnma(hy, wz, T.Fma(hz, wy, mass * ux));
        y = T.Fnma(hz, wx, T.Fma(hx, wz, mass * uy));
        z = T.Fnma(hx, wy, T.Fma(hy, wx, mass * uz));
    }

    // Angular part of I (ω, u): I ω + h × u.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Angular(
        in Env<T, TWork, TConst, TIndex> env,
        int inertia,
        T wx,
        T wy,
        T wz,
        T ux,
        T uy,
        T uz,
        out T x,
        out T y,
        out T z)
    {
        T xy = env.Work.Get(inertia, 3);
        T xz = env.Work.Get(inertia, 4);
        T yz = env.Work.Get(inertia, 5);
        T hx = env.Work.Get(inertia, 6);
        T hy = env.Work.Get(inertia, 7);
        T hz = env.Work.Get(inertia, 8);
        x = T.Fma(env.Work.Get(inertia), wx, T.Fma(xy, wy, xz * wz));
        y = T.Fma(xy, wx, T.Fma(env.Work.Get(inertia, 1), wy, yz * wz));
        z = T.Fma(xz, wx, T.Fma(yz, wy, env.Work.Get(inertia, 2) * wz));
        x = T.Fnma(hz, uy, T.Fma(hy, uz, x));
        y = T.Fnma(hx, uz, T.Fma(hz, ux, y));
        z = T.Fnma(hy, ux, T.Fma(hx, uy, z));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Project(in Env<T, TWork, TConst, TIndex> env, int motion, int force)
    {
        TWork work = env.Work;
        T angular = T.Fma(
            work.Get(motion),
            work.Get(force),
            T.Fma(
                work.Get(motion, 1),
                work.Get(force, 1),
                work.Get(motion, 2) * work.Get(force, 2)));
        T linear = T.Fma(
            work.Get(motion, 3),
            work.Get(force, 3),
            T.Fma(
                work.Get(motion, 4),
                work.Get(force, 4),
                work.Get(motion, 5) * work.Get(force, 5)));
        return angular + linear;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddSix(in Env<T, TWork, TConst, TIndex> env, int to, int from)
    {
        Add(env, to, from);
        Add(env, to + 1, from + 1);
        Add(env, to + 2, from + 2);
        Add(env, to + 3, from + 3);
        Add(env, to + 4, from + 4);
        Add(env, to + 5, from + 5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(in Env<T, TWork, TConst, TIndex> env, int to, int from) =>
        env.Work.Set(to, env.Work.Get(to) + env.Work.Get(from));
}
