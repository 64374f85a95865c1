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
    // u; h = m c. In two methods, as one would be too long for the JIT in dual numbers.
    private static void MakeInertia(in Env<T, TWork, TConst, TIndex> env, int body)
    {
        PlaceMass(env, body);
        TurnRows(env, body);
    }

    // h, m, all of m (|c|² 1 - c cᵀ), and the first row's entry of R I Rᵀ.
    private static void PlaceMass(in Env<T, TWork, TConst, TIndex> env, int body)
    {
        TWork work = env.Work;
        int rotation = env.At.Rotation + (9 * body);
        int to = env.At.Inertia + (10 * body);
        T mass = env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyMass));
        T ax = work.Get(rotation);
        T ay = work.Get(rotation, 1);
        T az = work.Get(rotation, 2);
        T px = Center(env, body, 0, ax, ay, az);
        T py = Center(env, body, 1);
        T pz = Center(env, body, 2);
        T hx = mass * px;
        T hy = mass * py;
        T hz = mass * pz;
        work.Set(to, 6, hx);
        work.Set(to, 7, hy);
        work.Set(to, 8, hz);
        work.Set(to, 9, mass);
        work.Set(to, 3, -hx * py);
        work.Set(to, 4, -hx * pz);
        work.Set(to, 5, -hy * pz);
        T yy = hy * py;
        T zz = hz * pz;
        T xx = hx * px;
        work.Set(to, 1, xx + zz);
        work.Set(to, 2, xx + yy);
        Apply(env, body, ax, ay, az, out T x, out T y, out T z);
        work.Set(to, T.Fma(ax, x, T.Fma(ay, y, T.Fma(az, z, yy + zz))));
    }

    // Adds the other rows of R I Rᵀ.
    private static void TurnRows(in Env<T, TWork, TConst, TIndex> env, int body)
    {
        TWork work = env.Work;
        int rotation = env.At.Rotation + (9 * body);
        int to = env.At.Inertia + (10 * body);
        T bx = work.Get(rotation, 3);
        T by = work.Get(rotation, 4);
        T bz = work.Get(rotation, 5);
        Apply(env, body, bx, by, bz, out T x, out T y, out T z);
        work.Set(to, 1, T.Fma(bx, x, T.Fma(by, y, T.Fma(bz, z, work.Get(to, 1)))));
        AddEntry(env, to + 3, rotation, x, y, z);
        T cx = work.Get(rotation, 6);
        T cy = work.Get(rotation, 7);
        T cz = work.Get(rotation, 8);
        Apply(env, body, cx, cy, cz, out x, out y, out z);
        work.Set(to, 2, T.Fma(cx, x, T.Fma(cy, y, T.Fma(cz, z, work.Get(to, 2)))));
        AddEntry(env, to + 4, rotation, x, y, z);
        work.Set(to, 5, T.Fma(bx, x, T.Fma(by, y, T.Fma(bz, z, work.Get(to, 5)))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddEntry(
        in Env<T, TWork, TConst, TIndex> env, int entry, int row, T x, T y, T z) => env.Work.Set(
            entry,
            T.Fma(
                env.Work.Get(row),
                x,
                T.Fma(
                    env.Work.Get(row, 1),
                    y,
                    T.Fma(env.Work.Get(row, 2), z, env.Work.Get(entry)))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Apply(
        in Env<T, TWork, TConst, TIndex> env,
        int body,
        T a,
        T b,
        T c,
        out T x,
        out T y,
        out T z)
    {
        int inertia = Layout.OfBody(body, ConstantSlots.BodyInertia);
        T xy = env.Constants.Get(inertia, 3);
        T xz = env.Constants.Get(inertia, 4);
        T yz = env.Constants.Get(inertia, 5);
        x = T.Fma(a, env.Constants.Get(inertia), T.Fma(b, xy, c * xz));
        y = T.Fma(a, xy, T.Fma(b, env.Constants.Get(inertia, 1), c * yz));
        z = T.Fma(a, xz, T.Fma(b, yz, c * env.Constants.Get(inertia, 2)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Center(in Env<T, TWork, TConst, TIndex> env, int body, int row)
    {
        int from = env.At.Rotation + (9 * body) + (3 * row);
        return Center(
            env,
            body,
            row,
            env.Work.Get(from),
            env.Work.Get(from, 1),
            env.Work.Get(from, 2));
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
                env.Constants.Get(center, 1),
                T.Fma(
                    c,
                    env.Constants.Get(center, 2),
                    env.Work.Get(env.At.Origin + (3 * body) + row))));
    }
}
