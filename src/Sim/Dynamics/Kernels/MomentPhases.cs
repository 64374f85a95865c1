using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Lengths, velocities and moments of actuators that act on more than one slide or hinge (MuJoCo,
/// engine_core_smooth.c, mj_transmission). Legend: g = gear, l = length, m = moments, l̇ = m·q̇.
/// </summary>
internal static class MomentPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Actuators of ball joints, free joints and tendons.</summary>
    public static void JointMoments(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int actuator = 0; actuator < env.At.ActuatorCount; actuator++)
        {
            int index = env.At.IndexOfActuator(actuator, 0);
            int kind = env.Topology.Get(index, TopologySlots.ActuatorDrive);
            int joint = env.Topology.Get(index, TopologySlots.ActuatorTarget);
            int moment = env.At.Drives.Moment
                + env.Topology.Get(index, TopologySlots.ActuatorFirstMoment);
            int gear = env.At.OfActuator(actuator, ConstantSlots.Gear);
            int quaternion = env.At.JointRotation + (4 * joint);
            if (kind == (int)DriveKind.Tendon)
            {
                FollowTendon(env, actuator, joint, moment);
            }
            else if (kind is (int)DriveKind.Free or (int)DriveKind.FreeInParent)
            {
                for (int k = 0; k < 3; k++)
                {
                    env.Work.Set(moment, k, env.Constants.Get(gear, k));
                }

                PlaceGear(
                    env, gear + 3, moment + 3, quaternion, kind == (int)DriveKind.FreeInParent);
                env.Work.Set(env.At.Drives.Length + actuator, T.Of(0));
            }
            else if (kind is (int)DriveKind.Ball or (int)DriveKind.BallInParent)
            {
                PlaceGear(env, gear, moment, quaternion, kind == (int)DriveKind.BallInParent);
                MeasureBall(env, actuator, moment, quaternion);
            }
        }
    }

    /// <summary>Actuators of sites: m = s·(force and torque about the point of the tree).</summary>
    public static void SiteMoments(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int actuator = 0; actuator < env.At.ActuatorCount; actuator++)
        {
            int index = env.At.IndexOfActuator(actuator, 0);
            if (env.Topology.Get(index, TopologySlots.ActuatorDrive) != (int)DriveKind.Site)
            {
                continue;
            }

            int site = env.Topology.Get(index, TopologySlots.ActuatorTarget);
            MakeWrench(env, site, env.At.OfActuator(actuator, ConstantSlots.Gear));
            int first = env.Topology.Get(index, TopologySlots.ActuatorFirstMoment);
            int count = env.Topology.Get(index, TopologySlots.ActuatorMomentCount);
            for (int k = first; k < first + count; k++)
            {
                int dof = env.Topology.Get(env.At.Drives.TopologyMoments + k);
                T sum = T.Of(0);
                for (int axis = 0; axis < 6; axis++)
                {
                    sum = T.Fma(
                        env.Work.Get(env.At.Motion + (6 * dof) + axis),
                        env.Work.Get(env.At.BodyForce + axis),
                        sum);
                }

                env.Work.Set(env.At.Drives.Moment + k, sum);
            }

            env.Work.Set(env.At.Drives.Length + actuator, T.Of(0));
        }
    }

    /// <summary>l̇ = m·q̇ of all of them.</summary>
    public static void Velocities(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int actuator = 0; actuator < env.At.ActuatorCount; actuator++)
        {
            int index = env.At.IndexOfActuator(actuator, 0);
            int first = env.Topology.Get(index, TopologySlots.ActuatorFirstMoment);
            int count = env.Topology.Get(index, TopologySlots.ActuatorMomentCount);
            if (count > 0)
            {
                T sum = T.Of(0);
                for (int k = first; k < first + count; k++)
                {
                    int dof = env.Topology.Get(env.At.Drives.TopologyMoments + k);
                    sum = T.Fma(
                        env.Work.Get(env.At.Drives.Moment + k),
                        env.Work.Get(env.At.Velocity + dof),
                        sum);
                }

                env.Work.Set(env.At.Drives.Velocity + actuator, sum);
            }
        }
    }

    private static void FollowTendon(
        in Env<T, TWork, TConst, TIndex> env, int actuator, int tendon, int moment)
    {
        TendonLayout at = env.At.Tendons;
        T gear = env.Constants.Get(env.At.OfActuator(actuator, ConstantSlots.Gear));
        int first = env.Topology.Get(at.IndexOf(tendon, TopologySlots.TendonFirst));
        int count = env.Topology.Get(at.IndexOf(tendon, TopologySlots.TendonCount));
        for (int k = 0; k < count; k++)
        {
            env.Work.Set(moment, k, gear * env.Constants.Get(at.Coefficients + first + k));
        }

        env.Work.Set(
            env.At.Drives.Length + actuator, gear * env.Work.Get(at.Length + tendon));
    }

    // The gear in the body's axes: as it is, or turned back from the parent's.
    private static void PlaceGear(
        in Env<T, TWork, TConst, TIndex> env, int gear, int moment, int quaternion, bool turned)
    {
        T x = env.Constants.Get(gear);
        T y = env.Constants.Get(gear, 1);
        T z = env.Constants.Get(gear, 2);
        if (!turned)
        {
            env.Work.Set(moment, x);
            env.Work.Set(moment, 1, y);
            env.Work.Set(moment, 2, z);
            return;
        }

        // g - 2 w (v × g) + 2 v × (v × g), with the quaternion (w, v).
        T w = env.Work.Get(quaternion);
        T a = env.Work.Get(quaternion, 1);
        T b = env.Work.Get(quaternion, 2);
        T c = env.Work.Get(quaternion, 3);
        T two = T.Of(2);
        T p = two * T.Fnma(c, y, b * z);
        T q = two * T.Fnma(a, z, c * x);
        T r = two * T.Fnma(b, x, a * y);
        env.Work.Set(moment, T.Fnma(w, p, x) + T.Fnma(c, q, b * r));
        env.Work.Set(moment, 1, T.Fnma(w, q, y) + T.Fnma(a, r, c * p));
        env.Work.Set(moment, 2, T.Fnma(w, r, z) + T.Fnma(b, p, a * q));
    }

    // l = g · (axis · angle) of the joint's rotation.
    private static void MeasureBall(
        in Env<T, TWork, TConst, TIndex> env, int actuator, int moment, int quaternion)
    {
        T w = env.Work.Get(quaternion);
        T x = env.Work.Get(quaternion, 1);
        T y = env.Work.Get(quaternion, 2);
        T z = env.Work.Get(quaternion, 3);
        T scale = QuaternionPhases<T>.AngleOverSine(w, x, y, z);
        T along = T.Fma(
            x,
            env.Work.Get(moment),
            T.Fma(y, env.Work.Get(moment, 1), z * env.Work.Get(moment, 2)));
        env.Work.Set(env.At.Drives.Length + actuator, scale * along);
    }

    // The gear as torque and force in world axes about the point of the tree, in the force slots
    // of the world, which no one else reads.
    private static void MakeWrench(in Env<T, TWork, TConst, TIndex> env, int site, int gear)
    {
        TWork work = env.Work;
        int body = env.Topology.Get(env.At.Sites.Bodies + site);
        int rotation = env.At.Rotation + (9 * body);
        int local = env.At.Sites.Of(site, ConstantSlots.SiteRotation);
        for (int half = 0; half < 2; half++)
        {
            T x = T.Of(0);
            T y = T.Of(0);
            T z = T.Of(0);
            for (int k = 0; k < 3; k++)
            {
                T part = env.Constants.Get(gear + (3 * half) + k);
                x = T.Fma(env.Constants.Get(local, k), part, x);
                y = T.Fma(env.Constants.Get(local + 3 + k), part, y);
                z = T.Fma(env.Constants.Get(local + 6 + k), part, z);
            }

            int to = env.At.BodyForce + (half == 0 ? 3 : 0);
            for (int row = 0; row < 3; row++)
            {
                int from = rotation + (3 * row);
                work.Set(
                    to, row,
                    T.Fma(
                        work.Get(from),
                        x,
                        T.Fma(work.Get(from, 1), y, work.Get(from, 2) * z)));
            }
        }

        AddMoment(env, site, body);
    }

    // torque += p × force.
    private static void AddMoment(in Env<T, TWork, TConst, TIndex> env, int site, int body)
    {
        TWork work = env.Work;
        int local = env.At.Sites.Of(site, ConstantSlots.SitePosition);
        T x = Place(env, local, body, 0);
        T y = Place(env, local, body, 1);
        T z = Place(env, local, body, 2);
        int torque = env.At.BodyForce;
        T fx = work.Get(torque, 3);
        T fy = work.Get(torque, 4);
        T fz = work.Get(torque, 5);
        work.Set(torque, work.Get(torque) + T.Fnma(z, fy, y * fz));
        work.Set(torque, 1, work.Get(torque, 1) + T.Fnma(x, fz, z * fx));
        work.Set(torque, 2, work.Get(torque, 2) + T.Fnma(y, fx, x * fy));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Place(
        in Env<T, TWork, TConst, TIndex> env, int local, int body, int row)
    {
        int from = env.At.Rotation + (9 * body) + (3 * row);
        return T.Fma(
            env.Work.Get(from),
            env.Constants.Get(local),
            T.Fma(
                env.Work.Get(from, 1),
                env.Constants.Get(local, 1),
                T.Fma(
                    env.Work.Get(from, 2),
                    env.Constants.Get(local, 2),
                    env.Work.Get(env.At.Origin + (3 * body) + row))));
    }
}
