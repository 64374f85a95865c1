using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Sensors of frames: place, axes, velocity, acceleration and force (MuJoCo, engine_sensor.c,
/// mj_objectVelocity, mj_objectAcceleration). Legend: p = place from the point of the tree, R =
/// rotation of the frame, (ω, u) and (α, a) = velocity and acceleration of the body about that
/// point.
/// </summary>
internal static class FrameSensorPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const int Place = 9; // of a frame in scratch, after its rotation

    /// <summary>R and p of the frame of a sensor, and of its reference.</summary>
    public static void Load(in Env<T, TWork, TConst, TIndex> env, int sensor)
    {
        int index = env.At.Sensors.IndexOf(sensor, 0);
        LoadFrame(
            env,
            env.Topology.Get(index + SensorSlots.Body),
            env.Topology.Get(index + SensorSlots.Position),
            env.At.Sensors.Of(sensor, SensorSlots.Rotation),
            env.At.Sensors.Frame);
        int reference = env.Topology.Get(index + SensorSlots.ReferenceBody);
        if (reference >= 0)
        {
            LoadFrame(
                env,
                reference,
                env.Topology.Get(index + SensorSlots.ReferencePosition),
                env.At.Sensors.Of(sensor, SensorSlots.ReferenceRotation),
                env.At.Sensors.Reference);
        }
    }

    /// <summary>Place or an axis, of the world or in the reference.</summary>
    public static void Pose(in Env<T, TWork, TConst, TIndex> env, int sensor, int kind)
    {
        int index = env.At.Sensors.IndexOf(sensor, 0);
        int reference = env.Topology.Get(index + SensorSlots.ReferenceBody);
        int frame = env.At.Sensors.Frame;
        int own = TreePoint(env, env.Topology.Get(index + SensorSlots.Body));
        int other = reference < 0 ? 0 : TreePoint(env, reference);
        int to = env.At.Sensors.Values + env.Topology.Get(index + SensorSlots.Address);
        int axis = kind == (int)SensorKind.FrameXAxis ? 0
            : kind == (int)SensorKind.FrameYAxis ? 1 : 2;
        for (int k = 0; k < 3; k++)
        {
            T value = env.Work.Get(frame + (3 * k) + axis);
            if (kind == (int)SensorKind.FramePosition)
            {
                value = env.Work.Get(frame + Place + k) + env.Work.Get(own, k);
                if (reference >= 0)
                {
                    value = (env.Work.Get(own, k) - env.Work.Get(other, k))
                        + (env.Work.Get(frame + Place + k)
                            - env.Work.Get(env.At.Sensors.Reference + Place + k));
                }
            }

            env.Work.Set(to, k, value);
        }

        if (reference >= 0)
        {
            TurnBack(env, env.At.Sensors.Reference, to);
        }
    }

    /// <summary>
    /// Velocity: u + ω × p or ω, in the frame's axes, the world's, or the reference's and relative
    /// to it.
    /// </summary>
    public static void Velocity(in Env<T, TWork, TConst, TIndex> env, int sensor, int kind)
    {
        int index = env.At.Sensors.IndexOf(sensor, 0);
        int body = Mover(env, env.Topology.Get(index + SensorSlots.Body));
        int reference = env.Topology.Get(index + SensorSlots.ReferenceBody);
        int to = env.At.Sensors.Values + env.Topology.Get(index + SensorSlots.Address);
        bool turns = kind is (int)SensorKind.Gyro or (int)SensorKind.FrameAngularVelocity;
        int velocity = env.At.BodyVelocity + (6 * body);
        SetMotion(env, velocity, env.At.Sensors.Frame + Place, turns, to);
        if (reference >= 0)
        {
            SubtractReference(env, index, turns, to);
            TurnBack(env, env.At.Sensors.Reference, to);
        }
        else if (kind is (int)SensorKind.Gyro or (int)SensorKind.Velocimeter)
        {
            TurnBack(env, env.At.Sensors.Frame, to);
        }
    }

    /// <summary>Acceleration: a + α × p + ω × v or α, with v the velocity of the place.</summary>
    public static void Acceleration(
        in Env<T, TWork, TConst, TIndex> env, int sensor, int kind)
    {
        int index = env.At.Sensors.IndexOf(sensor, 0);
        int body = Mover(env, env.Topology.Get(index + SensorSlots.Body));
        int to = env.At.Sensors.Values + env.Topology.Get(index + SensorSlots.Address);
        int place = env.At.Sensors.Frame + Place;
        bool turns = kind == (int)SensorKind.FrameAngularAcceleration;
        SetMotion(env, env.At.BodyAcceleration + (6 * body), place, turns, to);
        if (!turns)
        {
            int velocity = env.At.BodyVelocity + (6 * body);
            SetMotion(env, velocity, place, false, env.At.Sensors.Reference);
            AddCross(env, velocity, env.At.Sensors.Reference, to);
        }

        if (kind == (int)SensorKind.Accelerometer)
        {
            TurnBack(env, env.At.Sensors.Frame, to);
        }
    }

    /// <summary>Force, or torque about the place, that the body gets from its parent.</summary>
    public static void Force(in Env<T, TWork, TConst, TIndex> env, int sensor, int kind)
    {
        TWork work = env.Work;
        int index = env.At.Sensors.IndexOf(sensor, 0);
        int force = env.At.BodyForce + (6 * env.Topology.Get(index + SensorSlots.Body));
        int to = env.At.Sensors.Values + env.Topology.Get(index + SensorSlots.Address);
        int from = kind == (int)SensorKind.Force ? force + 3 : force;
        for (int k = 0; k < 3; k++)
        {
            work.Set(to, k, work.Get(from, k));
        }

        if (kind == (int)SensorKind.Torque)
        {
            // torque += f × p.
            AddCross(env, force + 3, env.At.Sensors.Frame + Place, to);
        }

        TurnBack(env, env.At.Sensors.Frame, to);
    }

    // R = R_body R_local, p = p_body + R_body p_local.
    private static void LoadFrame(
        in Env<T, TWork, TConst, TIndex> env, int body, int position, int local, int to)
    {
        T x = env.Constants.Get(position);
        T y = env.Constants.Get(position, 1);
        T z = env.Constants.Get(position, 2);
        for (int row = 0; row < 3; row++)
        {
            int from = env.At.Rotation + (9 * body) + (3 * row);
            T a = env.Work.Get(from);
            T b = env.Work.Get(from, 1);
            T c = env.Work.Get(from, 2);
            T origin = env.Work.Get(env.At.Origin + (3 * body) + row);
            env.Work.Set(
                to + Place + row, T.Fma(a, x, T.Fma(b, y, T.Fma(c, z, origin))));
            for (int column = 0; column < 3; column++)
            {
                T last = c * env.Constants.Get(local + 6 + column);
                T entry = T.Fma(
                    a,
                    env.Constants.Get(local, column),
                    T.Fma(b, env.Constants.Get(local + 3 + column), last));
                env.Work.Set(to + (3 * row) + column, entry);
            }
        }
    }

    // The body, or the world when it never moves.
    private static int Mover(in Env<T, TWork, TConst, TIndex> env, int body) =>
        env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyMoves)) != 0 ? body : 0;

    private static int TreePoint(in Env<T, TWork, TConst, TIndex> env, int body) =>
        env.At.TreePoint
            + (3 * env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyRoot)));

    // Angular part, or linear part at a place: v + ω × p.
    private static void SetMotion(
        in Env<T, TWork, TConst, TIndex> env, int motion, int place, bool turns, int to)
    {
        for (int k = 0; k < 3; k++)
        {
            env.Work.Set(to, k, env.Work.Get(turns ? motion + k : motion + 3 + k));
        }

        if (!turns)
        {
            AddCross(env, motion, place, to);
        }
    }

    // to += a × b.
    private static void AddCross(in Env<T, TWork, TConst, TIndex> env, int a, int b, int to)
    {
        TWork work = env.Work;
        T ax = work.Get(a);
        T ay = work.Get(a, 1);
        T az = work.Get(a, 2);
        T bx = work.Get(b);
        T by = work.Get(b, 1);
        T bz = work.Get(b, 2);
        work.Set(to, work.Get(to) + T.Fnma(az, by, ay * bz));
        work.Set(to, 1, work.Get(to, 1) + T.Fnma(ax, bz, az * bx));
        work.Set(to, 2, work.Get(to, 2) + T.Fnma(ay, bx, ax * by));
    }

    // v - v_reference - ω_reference × (place - place of the reference), or ω - ω_reference.
    private static void SubtractReference(
        in Env<T, TWork, TConst, TIndex> env, int index, bool turns, int to)
    {
        TWork work = env.Work;
        int reference = env.Topology.Get(index + SensorSlots.ReferenceBody);
        int motion = env.At.BodyVelocity + (6 * Mover(env, reference));
        int place = env.At.Sensors.Reference + Place;
        int scratch = env.At.Sensors.Wrench;
        SetMotion(env, motion, place, turns, scratch);
        for (int k = 0; k < 3; k++)
        {
            work.Set(to, k, work.Get(to, k) - work.Get(scratch, k));
        }

        if (!turns)
        {
            int own = TreePoint(env, env.Topology.Get(index + SensorSlots.Body));
            int other = TreePoint(env, reference);
            for (int k = 0; k < 3; k++)
            {
                T apart = (work.Get(own, k) - work.Get(other, k))
                    + (work.Get(env.At.Sensors.Frame + Place + k) - work.Get(place, k));
                work.Set(scratch, k, apart);
            }

            // - ω × r = r × ω.
            AddCross(env, scratch, motion, to);
        }
    }

    // v = Rᵀ v.
    private static void TurnBack(in Env<T, TWork, TConst, TIndex> env, int rotation, int vector)
    {
        TWork work = env.Work;
        T x = work.Get(vector);
        T y = work.Get(vector, 1);
        T z = work.Get(vector, 2);
        for (int k = 0; k < 3; k++)
        {
            T last = work.Get(rotation + 6 + k) * z;
            work.Set(
                vector, k,
                T.Fma(work.Get(rotation, k), x, T.Fma(work.Get(rotation + 3 + k), y, last)));
        }
    }
}
