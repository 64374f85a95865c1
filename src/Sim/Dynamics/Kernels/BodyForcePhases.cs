using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The force that moves each body as it moves, without joint accelerations. In v = (ω, u), a = (α,
/// a') and b = a' + ω × u, f = I a + v ×* (I v) is (J α + ω × J ω + h × b, m b + α × h + ω × (ω ×
/// h)): Euler's and Newton's equations about the point of the tree. The two halves are a method
/// each, as one would be too long for the JIT in dual numbers.
/// </summary>
internal static class BodyForcePhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>f = I a + v ×* (I v).</summary>
    public static void BodyForces(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int body = 1; body < env.At.BodyCount; body++)
        {
            if (env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyMoves)) != 0)
            {
                Push(env, body);
                Twist(env, body);
            }
        }
    }

    // m b + α × h + ω × (ω × h), and h × b for Twist to add to.
    private static void Push(in Env<T, TWork, TConst, TIndex> env, int body)
    {
        TWork work = env.Work;
        int v = env.At.BodyVelocity + (6 * body);
        int a = env.At.BodyAcceleration + (6 * body);
        int force = env.At.BodyForce + (6 * body);
        int moment = env.At.Inertia + (10 * body) + 6;
        T wx = work.Get(v);
        T wy = work.Get(v, 1);
        T wz = work.Get(v, 2);
        T hx = work.Get(moment);
        T hy = work.Get(moment, 1);
        T hz = work.Get(moment, 2);
        T mass = work.Get(moment, 3);
        T ax = work.Get(a);
        T ay = work.Get(a, 1);
        T az = work.Get(a, 2);
        Accelerate(env, v, a, wx, wy, wz, out T bx, out T by, out T bz);
        work.Set(force, T.Fnma(hz, by, hy * bz));
        work.Set(force, 1, T.Fnma(hx, bz, hz * bx));
        work.Set(force, 2, T.Fnma(hy, bx, hx * by));
        T gx = T.Fnma(wz, hy, wy * hz);
        T gy = T.Fnma(wx, hz, wz * hx);
        T gz = T.Fnma(wy, hx, wx * hy);
        bx = T.Fma(ay, hz, T.Fnma(az, hy, mass * bx));
        by = T.Fma(az, hx, T.Fnma(ax, hz, mass * by));
        bz = T.Fma(ax, hy, T.Fnma(ay, hx, mass * bz));
        work.Set(force, 3, T.Fma(wy, gz, T.Fnma(wz, gy, bx)));
        work.Set(force, 4, T.Fma(wz, gx, T.Fnma(wx, gz, by)));
        work.Set(force, 5, T.Fma(wx, gy, T.Fnma(wy, gx, bz)));
    }

    // Adds J α + ω × J ω.
    private static void Twist(in Env<T, TWork, TConst, TIndex> env, int body)
    {
        TWork work = env.Work;
        int v = env.At.BodyVelocity + (6 * body);
        int a = env.At.BodyAcceleration + (6 * body);
        int force = env.At.BodyForce + (6 * body);
        int inertia = env.At.Inertia + (10 * body);
        T wx = work.Get(v);
        T wy = work.Get(v, 1);
        T wz = work.Get(v, 2);
        Turn(env, inertia, wx, wy, wz, out T nx, out T ny, out T nz);
        Turn(
            env,
            inertia,
            work.Get(a),
            work.Get(a, 1),
            work.Get(a, 2),
            out T x,
            out T y,
            out T z);
        x = T.Fma(wy, nz, T.Fnma(wz, ny, x));
        y = T.Fma(wz, nx, T.Fnma(wx, nz, y));
        z = T.Fma(wx, ny, T.Fnma(wy, nx, z));
        work.Set(force, work.Get(force) + x);
        work.Set(force, 1, work.Get(force, 1) + y);
        work.Set(force, 2, work.Get(force, 2) + z);
    }

    // b = a' + ω × u.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accelerate(
        in Env<T, TWork, TConst, TIndex> env,
        int velocity,
        int acceleration,
        T wx,
        T wy,
        T wz,
        out T x,
        out T y,
        out T z)
    {
        T ux = env.Work.Get(velocity, 3);
        T uy = env.Work.Get(velocity, 4);
        T uz = env.Work.Get(velocity, 5);
        x = T.Fma(wy, uz, T.Fnma(wz, uy, env.Work.Get(acceleration, 3)));
        y = T.Fma(wz, ux, T.Fnma(wx, uz, env.Work.Get(acceleration, 4)));
        z = T.Fma(wx, uy, T.Fnma(wy, ux, env.Work.Get(acceleration, 5)));
    }

    // J ω.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(
        in Env<T, TWork, TConst, TIndex> env,
        int inertia,
        T wx,
        T wy,
        T wz,
        out T x,
        out T y,
        out T z)
    {
        T xy = env.Work.Get(inertia, 3);
        T xz = env.Work.Get(inertia, 4);
        T yz = env.Work.Get(inertia, 5);
        x = T.Fma(env.Work.Get(inertia), wx, T.Fma(xy, wy, xz * wz));
        y = T.Fma(xy, wx, T.Fma(env.Work.Get(inertia, 1), wy, yz * wz));
        z = T.Fma(xz, wx, T.Fma(yz, wy, env.Work.Get(inertia, 2) * wz));
    }
}
