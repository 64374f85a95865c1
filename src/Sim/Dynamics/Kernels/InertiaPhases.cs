using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Spatial inertias of the bodies that move. Legend: R = rotation from body to world, c = centre of
/// mass from the point of the tree, h = m c.
/// </summary>
internal static class InertiaPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>
    /// Spatial inertia of every moving body in world axes, about the point of its tree.
    /// </summary>
    public static void BodyInertias(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int body = 1; body < env.At.BodyCount; body++)
        {
            if (env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyMoves)) != 0)
            {
                MakeInertia(env, body);
            }
        }
    }

    // R I Rᵀ + m (|c|² 1 - c cᵀ) by rows of R: u = I r for a row r, then each entry is a row times
    // u; h = m c.
    private static void MakeInertia(in Env<T, TWork, TConst, TIndex> env, int body)
    {
        TWork work = env.Work;
        int rotation = env.At.Rotation + (9 * body);
        int to = env.At.Inertia + (10 * body);
        int inertia = Layout.OfBody(body, ConstantSlots.BodyInertia);
        T mass = env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyMass));
        T ax = work.Get(rotation);
        T ay = work.Get(rotation + 1);
        T az = work.Get(rotation + 2);
        T bx = work.Get(rotation + 3);
        T by = work.Get(rotation + 4);
        T bz = work.Get(rotation + 5);
        T cx = work.Get(rotation + 6);
        T cy = work.Get(rotation + 7);
        T cz = work.Get(rotation + 8);
        T px = Center(env, body, 0, ax, ay, az);
        T py = Center(env, body, 1, bx, by, bz);
        T pz = Center(env, body, 2, cx, cy, cz);
        T hx = mass * px;
        T hy = mass * py;
        T hz = mass * pz;
        work.Set(to + 6, hx);
        work.Set(to + 7, hy);
        work.Set(to + 8, hz);
        work.Set(to + 9, mass);
        T xx = hx * px;
        T yy = hy * py;
        T zz = hz * pz;
        Apply(env, inertia, cx, cy, cz, out T x, out T y, out T z);
        work.Set(to + 2, T.Fma(cx, x, T.Fma(cy, y, T.Fma(cz, z, xx + yy))));
        work.Set(to + 4, T.Fma(ax, x, T.Fma(ay, y, T.Fnma(hx, pz, az * z))));
        work.Set(to + 5, T.Fma(bx, x, T.Fma(by, y, T.Fnma(hy, pz, bz * z))));
        Apply(env, inertia, bx, by, bz, out x, out y, out z);
        work.Set(to + 1, T.Fma(bx, x, T.Fma(by, y, T.Fma(bz, z, xx + zz))));
        work.Set(to + 3, T.Fma(ax, x, T.Fma(ay, y, T.Fnma(hx, py, az * z))));
        Apply(env, inertia, ax, ay, az, out x, out y, out z);
        work.Set(to, T.Fma(ax, x, T.Fma(ay, y, T.Fma(az, z, yy + zz))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply(
        in Env<T, TWork, TConst, TIndex> env,
        int inertia,
        T a,
        T b,
        T c,
        out T x,
        out T y,
        out T z)
    {
        T xy = env.Constants.Get(inertia + 3);
        T xz = env.Constants.Get(inertia + 4);
        T yz = env.Constants.Get(inertia + 5);
        x = T.Fma(a, env.Constants.Get(inertia), T.Fma(b, xy, c * xz));
        y = T.Fma(a, xy, T.Fma(b, env.Constants.Get(inertia + 1), c * yz));
        z = T.Fma(a, xz, T.Fma(b, yz, c * env.Constants.Get(inertia + 2)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Center(
        in Env<T, TWork, TConst, TIndex> env, int body, int row, T a, T b, T c)
    {
        int center = Layout.OfBody(body, ConstantSlots.BodyCenter);
        return T.Fma(
            a,
            env.Constants.Get(center),
            T.Fma(
                b,
                env.Constants.Get(center + 1),
                T.Fma(
                    c,
                    env.Constants.Get(center + 2),
                    env.Work.Get(env.At.Origin + (3 * body) + row))));
    }
}
