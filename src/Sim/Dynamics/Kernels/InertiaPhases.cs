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
                RotateInertia(env, body);
                ShiftInertia(env, body);
            }
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
