using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Centre of mass, its velocity and the angular momentum about it, of a body and all below it
/// (MuJoCo, engine_core_smooth.c, mj_subtreeVel). Legend: c = centre of a body in the world, v =
/// its velocity, m = mass, I = inertia about c.
/// </summary>
internal static class SubtreeSensorPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    // Scratch: centre [3], its velocity [3], of a body or of the whole.
    private const int Velocity = 3;

    /// <summary>Centre Σ m c / Σ m and velocity Σ m v / Σ m, in the scratch frame.</summary>
    public static void Average(in Env<T, TWork, TConst, TIndex> env, int sensor)
    {
        int index = env.At.Sensors.IndexOf(sensor, 0);
        int first = env.Topology.Get(index + SensorSlots.Body);
        int last = env.Topology.Get(index + SensorSlots.LastBody);
        int whole = env.At.Sensors.Frame;
        int single = env.At.Sensors.Reference;
        T mass = T.Of(0);
        for (int k = 0; k < 6; k++)
        {
            env.Work.Set(whole, k, T.Of(0));
        }

        for (int body = first; body <= last; body++)
        {
            T own = env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyMass));
            mass += own;
            LoadBody(env, body, single);
            for (int k = 0; k < 6; k++)
            {
                T sum = T.Fma(own, env.Work.Get(single, k), env.Work.Get(whole, k));
                env.Work.Set(whole, k, sum);
            }
        }

        T inverse = T.Of(1) / T.Max(mass, T.Of(1e-15));
        for (int k = 0; k < 6; k++)
        {
            env.Work.Set(whole, k, inverse * env.Work.Get(whole, k));
        }
    }

    /// <summary>Writes the centre, its velocity, or Σ I ω + m (c - centre) × (v - its).</summary>
    public static void Write(in Env<T, TWork, TConst, TIndex> env, int sensor, int kind)
    {
        int index = env.At.Sensors.IndexOf(sensor, 0);
        int to = env.At.Sensors.Values + env.Topology.Get(index + SensorSlots.Address);
        int from = env.At.Sensors.Frame
            + (kind == (int)SensorKind.SubtreeLinearVelocity ? Velocity : 0);
        bool momentum = kind == (int)SensorKind.SubtreeAngularMomentum;
        for (int k = 0; k < 3; k++)
        {
            env.Work.Set(to, k, momentum ? T.Of(0) : env.Work.Get(from, k));
        }

        if (momentum)
        {
            int last = env.Topology.Get(index + SensorSlots.LastBody);
            for (int body = env.Topology.Get(index + SensorSlots.Body); body <= last; body++)
            {
                LoadBody(env, body, env.At.Sensors.Reference);
                AddOrbit(env, body, to);
                AddSpin(env, body, to);
            }
        }
    }

    // Centre of the body in the world, and its velocity.
    private static void LoadBody(in Env<T, TWork, TConst, TIndex> env, int body, int to)
    {
        TWork work = env.Work;
        int block = Layout.IndexOfBody(body, 0);
        int tree = env.At.TreePoint + (3 * env.Topology.Get(block, TopologySlots.BodyRoot));
        bool moves = env.Topology.Get(block, TopologySlots.BodyMoves) != 0;
        int motion = env.At.BodyVelocity + (moves ? 6 * body : 0);
        T x = Center(env, body, 0);
        T y = Center(env, body, 1);
        T z = Center(env, body, 2);
        work.Set(to, work.Get(tree) + x);
        work.Set(to, 1, work.Get(tree, 1) + y);
        work.Set(to, 2, work.Get(tree, 2) + z);
        T wx = work.Get(motion);
        T wy = work.Get(motion, 1);
        T wz = work.Get(motion, 2);
        work.Set(to, 3, T.Fnma(wz, y, T.Fma(wy, z, work.Get(motion, 3))));
        work.Set(to, 4, T.Fnma(wx, z, T.Fma(wz, x, work.Get(motion, 4))));
        work.Set(to, 5, T.Fnma(wy, x, T.Fma(wx, y, work.Get(motion, 5))));
    }

    private static T Center(in Env<T, TWork, TConst, TIndex> env, int body, int row)
    {
        int from = env.At.Rotation + (9 * body) + (3 * row);
        T sum = env.Work.Get(env.At.Origin + (3 * body) + row);
        for (int k = 0; k < 3; k++)
        {
            sum = T.Fma(
                env.Work.Get(from, k),
                env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyCenter + k)),
                sum);
        }

        return sum;
    }

    private static void AddOrbit(in Env<T, TWork, TConst, TIndex> env, int body, int to)
    {
        TWork work = env.Work;
        T mass = env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyMass));
        int whole = env.At.Sensors.Frame;
        int single = env.At.Sensors.Reference;
        for (int k = 0; k < 3; k++)
        {
            int next = (k + 1) % 3;
            int after = (k + 2) % 3;
            T y = work.Get(single, next) - work.Get(whole, next);
            T z = work.Get(single, after) - work.Get(whole, after);
            T vy = work.Get(single + Velocity + next) - work.Get(whole + Velocity + next);
            T vz = work.Get(single + Velocity + after) - work.Get(whole + Velocity + after);
            work.Set(to, k, T.Fma(mass, T.Fnma(z, vy, y * vz), work.Get(to, k)));
        }
    }

    // R I Rᵀ ω, with R from the body to the world.
    private static void AddSpin(in Env<T, TWork, TConst, TIndex> env, int body, int to)
    {
        TWork work = env.Work;
        if (env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyMoves)) == 0)
        {
            return;
        }

        int rotation = env.At.Rotation + (9 * body);
        int motion = env.At.BodyVelocity + (6 * body);
        int inertia = Layout.OfBody(body, ConstantSlots.BodyInertia);
        T x = Back(env, rotation, motion, 0);
        T y = Back(env, rotation, motion, 1);
        T z = Back(env, rotation, motion, 2);
        T xy = env.Constants.Get(inertia, 3);
        T xz = env.Constants.Get(inertia, 4);
        T yz = env.Constants.Get(inertia, 5);
        T lx = T.Fma(env.Constants.Get(inertia), x, T.Fma(xy, y, xz * z));
        T ly = T.Fma(xy, x, T.Fma(env.Constants.Get(inertia, 1), y, yz * z));
        T lz = T.Fma(xz, x, T.Fma(yz, y, env.Constants.Get(inertia, 2) * z));
        for (int k = 0; k < 3; k++)
        {
            int row = rotation + (3 * k);
            T last = T.Fma(work.Get(row, 2), lz, work.Get(to, k));
            work.Set(
                to, k, T.Fma(work.Get(row), lx, T.Fma(work.Get(row, 1), ly, last)));
        }
    }

    private static T Back(
        in Env<T, TWork, TConst, TIndex> env, int rotation, int motion, int column) => T.Fma(
        env.Work.Get(rotation, column),
        env.Work.Get(motion),
        T.Fma(
            env.Work.Get(rotation + 3 + column),
            env.Work.Get(motion, 1),
            env.Work.Get(rotation + 6 + column) * env.Work.Get(motion, 2)));
}
