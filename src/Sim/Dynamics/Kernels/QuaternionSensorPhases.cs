using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Quaternions of frames and balls, composed along the tree as MuJoCo composes them, so that their
/// signs are the same.
/// </summary>
internal static class QuaternionSensorPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Quaternion of a ball joint, normalised.</summary>
    public static void Ball(in Env<T, TWork, TConst, TIndex> env, int sensor)
    {
        int index = env.At.Sensors.IndexOf(sensor, 0);
        int from = env.At.Position + env.Topology.Get(index + SensorSlots.Target);
        int to = env.At.Sensors.Values + env.Topology.Get(index + SensorSlots.Address);
        T sum = T.Of(0);
        for (int k = 0; k < 4; k++)
        {
            sum = T.Fma(env.Work.Get(from, k), env.Work.Get(from, k), sum);
        }

        T inverse = T.Of(1) / T.Sqrt(sum);
        for (int k = 0; k < 4; k++)
        {
            env.Work.Set(to, k, inverse * env.Work.Get(from, k));
        }
    }

    /// <summary>Quaternion of a frame, in the world or in the reference.</summary>
    public static void Frame(in Env<T, TWork, TConst, TIndex> env, int sensor)
    {
        SensorLayout at = env.At.Sensors;
        int index = at.IndexOf(sensor, 0);
        int to = at.Values + env.Topology.Get(index + SensorSlots.Address);
        Compose(
            env,
            env.Topology.Get(index + SensorSlots.Body),
            at.Of(sensor, SensorSlots.Quaternion),
            to);
        int reference = env.Topology.Get(index + SensorSlots.ReferenceBody);
        if (reference >= 0)
        {
            Compose(
                env, reference, at.Of(sensor, SensorSlots.ReferenceQuaternion), at.Quaternion);
            for (int k = 1; k < 4; k++)
            {
                env.Work.Set(at.Quaternion + k, -env.Work.Get(at.Quaternion + k));
            }

            Multiply(
                env,
                env.Work.Get(at.Quaternion),
                env.Work.Get(at.Quaternion, 1),
                env.Work.Get(at.Quaternion, 2),
                env.Work.Get(at.Quaternion, 3),
                to);
        }
    }

    // From the frame outwards: each rotation further out is multiplied from the left.
    private static void Compose(
        in Env<T, TWork, TConst, TIndex> env, int body, int local, int to)
    {
        for (int k = 0; k < 4; k++)
        {
            env.Work.Set(to, k, env.Constants.Get(local, k));
        }

        while (body > 0)
        {
            int block = Layout.IndexOfBody(body, 0);
            int first = env.Topology.Get(block, TopologySlots.BodyFirstJoint);
            int count = env.Topology.Get(block, TopologySlots.BodyJointCount);
            bool free = env.Topology.Get(block, TopologySlots.BodyPlacement)
                == (int)BodyPlacement.FreeRoot;
            for (int joint = first + count - 1; joint >= first; joint--)
            {
                Turn(env, joint, to);
            }

            if (!free)
            {
                int own = env.At.Sensors.BodyQuaternions + (4 * body);
                Multiply(
                    env,
                    env.Constants.Get(own),
                    env.Constants.Get(own, 1),
                    env.Constants.Get(own, 2),
                    env.Constants.Get(own, 3),
                    to);
            }

            body = env.Topology.Get(block, TopologySlots.BodyParent);
        }
    }

    private static void Turn(in Env<T, TWork, TConst, TIndex> env, int joint, int to)
    {
        int index = env.At.IndexOfJoint(joint, 0);
        int kind = env.Topology.Get(index, TopologySlots.JointKind);
        if (kind == (int)JointType.Hinge)
        {
            int place = env.At.Position
                + env.Topology.Get(index, TopologySlots.JointPosition);
            int axis = env.At.OfJoint(joint, ConstantSlots.Axis);
            T angle = env.Work.Get(place)
                - env.Constants.Get(env.At.OfJoint(joint, ConstantSlots.Reference));
            T.SinCos(T.Of(0.5) * angle, out T sine, out T cosine);
            Multiply(
                env,
                cosine,
                sine * env.Constants.Get(axis),
                sine * env.Constants.Get(axis, 1),
                sine * env.Constants.Get(axis, 2),
                to);
        }
        else if (kind != (int)JointType.Slide)
        {
            int rotation = env.At.JointRotation + (4 * joint);
            Multiply(
                env,
                env.Work.Get(rotation),
                env.Work.Get(rotation, 1),
                env.Work.Get(rotation, 2),
                env.Work.Get(rotation, 3),
                to);
        }
    }

    // to = (w, x, y, z) ⊗ to.
    private static void Multiply(
        in Env<T, TWork, TConst, TIndex> env, T w, T x, T y, T z, int to)
    {
        TWork work = env.Work;
        T a = work.Get(to);
        T b = work.Get(to, 1);
        T c = work.Get(to, 2);
        T d = work.Get(to, 3);
        work.Set(to, T.Fnma(z, d, T.Fnma(y, c, T.Fnma(x, b, w * a))));
        work.Set(to, 1, T.Fnma(z, c, T.Fma(y, d, T.Fma(x, a, w * b))));
        work.Set(to, 2, T.Fnma(x, d, T.Fma(z, b, T.Fma(y, a, w * c))));
        work.Set(to, 3, T.Fnma(y, b, T.Fma(x, c, T.Fma(z, a, w * d))));
    }
}
