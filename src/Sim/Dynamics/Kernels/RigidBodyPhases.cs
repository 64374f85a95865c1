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
            if (env.Topology.Get(block + TopologySlots.BodyMoves) == 0)
            {
                continue;
            }

            int carrier = env.Topology.Get(block + TopologySlots.BodyCarrier);
            for (int k = 0; k < 6; k++)
            {
                work.Set(
                    env.At.BodyVelocity + (6 * body) + k,
                    work.Get(env.At.BodyVelocity + (6 * carrier) + k));
                work.Set(
                    env.At.BodyAcceleration + (6 * body) + k,
                    work.Get(env.At.BodyAcceleration + (6 * carrier) + k));
            }

            int first = env.Topology.Get(block + TopologySlots.BodyFirstJoint);
            int count = env.Topology.Get(block + TopologySlots.BodyJointCount);
            for (int joint = first; joint < first + count; joint++)
            {
                AddJointMotion(env, body, joint);
            }
        }
    }

    /// <summary>f = I a + v ×* (I v).</summary>
    public static void BodyForces(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int body = 1; body < env.At.BodyCount; body++)
        {
            if (env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyMoves)) != 0)
            {
                Momentum(env, body);
                TurnMomentum(env, body);
                AddInertialForce(env, body);
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
            int first = env.Topology.Get(block + TopologySlots.BodyFirstDof);
            int count = env.Topology.Get(block + TopologySlots.BodyDofCount);
            for (int dof = first; dof < first + count; dof++)
            {
                T bias = Project(env, env.At.Motion + (6 * dof), env.At.BodyForce + (6 * body));
                env.Work.Set(env.At.Bias + dof, bias);
            }

            int carrier = env.Topology.Get(block + TopologySlots.BodyCarrier);
            if (carrier > 0)
            {
                Add(env, env.At.BodyForce + (6 * carrier), env.At.BodyForce + (6 * body), 6);
                Add(env, env.At.Inertia + (10 * carrier), env.At.Inertia + (10 * body), 10);
            }
        }
    }

    /// <summary>
    /// M_ij = s_j · (I s_i), I of the body and all below it, along the ancestors of i; M_ii +=
    /// armature.
    /// </summary>
    public static void MassMatrix(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            int body = env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofBody));

            // The force slots of the world are free: no one reads the force on it.
            Multiply(
                env, env.At.Inertia + (10 * body), env.At.Motion + (6 * dof), env.At.BodyForce);
            int row = env.At.MassMatrix + (dof * env.At.DofCount);
            T own = Project(env, env.At.Motion + (6 * dof), env.At.BodyForce);
            work.Set(
                row + dof, own + env.Constants.Get(env.At.OfDof(dof, ConstantSlots.Armature)));
            int above = env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofParent));
            while (above >= 0)
            {
                work.Set(
                    row + above, Project(env, env.At.Motion + (6 * above), env.At.BodyForce));
                above = env.Topology.Get(env.At.IndexOfDof(above, TopologySlots.DofParent));
            }
        }
    }

    // A ball's axes turn with the velocity of what carries it, and so with the translation of a
    // free joint; a free joint's translations keep their axes.
    private static void AddJointMotion(in Env<T, TWork, TConst, TIndex> env, int body, int joint)
    {
        int block = env.At.IndexOfJoint(joint, 0);
        int kind = env.Topology.Get(block + TopologySlots.JointKind);
        int dof = env.Topology.Get(block + TopologySlots.JointDof);
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
            T angular = T.Fnma(work.Get(v + j), work.Get(s + i), work.Get(v + i) * work.Get(s + j));
            T linear = T.Fnma(
                work.Get(v + j),
                work.Get(s + 3 + i),
                work.Get(v + i) * work.Get(s + 3 + j));
            linear = T.Fma(work.Get(v + 3 + i), work.Get(s + j), linear);
            linear = T.Fnma(work.Get(v + 3 + j), work.Get(s + i), linear);
            work.Set(a + k, T.Fma(angular, rate, work.Get(a + k)));
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

    private static void Momentum(in Env<T, TWork, TConst, TIndex> env, int body) => Multiply(
        env,
        env.At.Inertia + (10 * body),
        env.At.BodyVelocity + (6 * body),
        env.At.BodyForce + (6 * body));

    // (ω, u) ×* (n, f) = (ω × n + u × f, ω × f), in place.
    private static void TurnMomentum(in Env<T, TWork, TConst, TIndex> env, int body)
    {
        TWork work = env.Work;
        int v = env.At.BodyVelocity + (6 * body);
        int f = env.At.BodyForce + (6 * body);
        T nx = work.Get(f);
        T ny = work.Get(f + 1);
        T nz = work.Get(f + 2);
        T fx = work.Get(f + 3);
        T fy = work.Get(f + 4);
        T fz = work.Get(f + 5);
        T wx = work.Get(v);
        T wy = work.Get(v + 1);
        T wz = work.Get(v + 2);
        T ux = work.Get(v + 3);
        T uy = work.Get(v + 4);
        T uz = work.Get(v + 5);
        work.Set(f, T.Fnma(wz, ny, wy * nz) + T.Fnma(uz, fy, uy * fz));
        work.Set(f + 1, T.Fnma(wx, nz, wz * nx) + T.Fnma(ux, fz, uz * fx));
        work.Set(f + 2, T.Fnma(wy, nx, wx * ny) + T.Fnma(uy, fx, ux * fy));
        work.Set(f + 3, T.Fnma(wz, fy, wy * fz));
        work.Set(f + 4, T.Fnma(wx, fz, wz * fx));
        work.Set(f + 5, T.Fnma(wy, fx, wx * fy));
    }

    // The world's force slots hold I a for a moment.
    private static void AddInertialForce(in Env<T, TWork, TConst, TIndex> env, int body)
    {
        Multiply(
            env,
            env.At.Inertia + (10 * body),
            env.At.BodyAcceleration + (6 * body),
            env.At.BodyForce);
        Add(env, env.At.BodyForce + (6 * body), env.At.BodyForce, 6);
    }

    // I (ω, u) = (I ω + h × u, m u - h × ω).
    private static void Multiply(
        in Env<T, TWork, TConst, TIndex> env, int inertia, int motion, int force)
    {
        TWork work = env.Work;
        T wx = work.Get(motion);
        T wy = work.Get(motion + 1);
        T wz = work.Get(motion + 2);
        T ux = work.Get(motion + 3);
        T uy = work.Get(motion + 4);
        T uz = work.Get(motion + 5);
        T xy = work.Get(inertia + 3);
        T xz = work.Get(inertia + 4);
        T yz = work.Get(inertia + 5);
        T hx = work.Get(inertia + 6);
        T hy = work.Get(inertia + 7);
        T hz = work.Get(inertia + 8);
        T mass = work.Get(inertia + 9);
        T nx = T.Fma(work.Get(inertia), wx, T.Fma(xy, wy, xz * wz));
        T ny = T.Fma(xy, wx, T.Fma(work.Get(inertia + 1), wy, yz * wz));
        T nz = T.Fma(xz, wx, T.Fma(yz, wy, work.Get(inertia + 2) * wz));
        work.Set(force, T.Fnma(hz, uy, T.Fma(hy, uz, nx)));
        work.Set(force + 1, T.Fnma(hx, uz, T.Fma(hz, ux, ny)));
        work.Set(force + 2, T.Fnma(hy, ux, T.Fma(hx, uy, nz)));
        work.Set(force + 3, T.Fnma(hy, wz, T.Fma(hz, wy, mass * ux)));
        work.Set(force + 4, T.Fnma(hz, wx, T.Fma(hx, wz, mass * uy)));
        work.Set(force + 5, T.Fnma(hx, wy, T.Fma(hy, wx, mass * uz)));
    }

    private static T Project(in Env<T, TWork, TConst, TIndex> env, int motion, int force)
    {
        TWork work = env.Work;
        T sum = work.Get(motion) * work.Get(force);
        for (int k = 1; k < 6; k++)
        {
            sum = T.Fma(work.Get(motion + k), work.Get(force + k), sum);
        }

        return sum;
    }

    private static void Add(in Env<T, TWork, TConst, TIndex> env, int to, int from, int count)
    {
        TWork work = env.Work;
        for (int k = 0; k < count; k++)
        {
            work.Set(to + k, work.Get(to + k) + work.Get(from + k));
        }
    }
}
