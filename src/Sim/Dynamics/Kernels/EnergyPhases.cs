using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Mechanical energy of the last computed state (MuJoCo, engine_sensor.c, mj_energyPos and
/// mj_energyVel): - Σ m g·c, springs ½ k x², and ½ q̇ᵀ M q̇.
/// </summary>
internal static class EnergyPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Of motion.</summary>
    public static void Kinetic(in Env<T, TWork, TConst, TIndex> env)
    {
        FactorPhases<T, TWork, TConst, TIndex>.MultiplyMass(
            env, env.At.Velocity, env.At.Product);
        T sum = T.Of(0);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            sum = T.Fma(
                env.Work.Get(env.At.Velocity + dof), env.Work.Get(env.At.Product + dof), sum);
        }

        env.Work.Set(env.At.Energy, 1, T.Of(0.5) * sum);
    }

    /// <summary>Of gravity and springs.</summary>
    public static void Potential(in Env<T, TWork, TConst, TIndex> env)
    {
        T sum = T.Of(0);
        for (int body = 1; body < env.At.BodyCount; body++)
        {
            sum -= env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyMass))
                * Height(env, body);
        }

        for (int joint = 0; joint < env.At.JointCount; joint++)
        {
            sum += Spring(env, joint);
        }

        TendonLayout at = env.At.Tendons;
        for (int tendon = 0; tendon < at.Count; tendon++)
        {
            T length = env.Work.Get(at.Length + tendon);
            T zero = T.Of(0);
            T stretch = T.Max(
                    length - env.Constants.Get(at.Of(tendon, ConstantSlots.TendonSpringMax)),
                    zero)
                + T.Min(
                    length - env.Constants.Get(at.Of(tendon, ConstantSlots.TendonSpringMin)),
                    zero);
            T stiffness = env.Constants.Get(at.Of(tendon, ConstantSlots.TendonStiffness));
            sum = T.Fma(T.Of(0.5) * stiffness * stretch, stretch, sum);
        }

        env.Work.Set(env.At.Energy, sum);
    }

    // g·c of the body's centre in the world.
    private static T Height(in Env<T, TWork, TConst, TIndex> env, int body)
    {
        int tree = env.At.TreePoint
            + (3 * env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyRoot)));
        T height = T.Of(0);
        for (int row = 0; row < 3; row++)
        {
            int from = env.At.Rotation + (9 * body) + (3 * row);
            T place = env.Work.Get(tree, row)
                + env.Work.Get(env.At.Origin + (3 * body) + row);
            for (int k = 0; k < 3; k++)
            {
                place = T.Fma(
                    env.Work.Get(from, k),
                    env.Constants.Get(Layout.OfBody(body, ConstantSlots.BodyCenter + k)),
                    place);
            }

            height = T.Fma(env.Constants.Get(ConstantSlots.Gravity + row), place, height);
        }

        return height;
    }

    // ½ k x²; the work of springs of balls is ½ k |rotation vector|².
    private static T Spring(in Env<T, TWork, TConst, TIndex> env, int joint)
    {
        int index = env.At.IndexOfJoint(joint, 0);
        int kind = env.Topology.Get(index, TopologySlots.JointKind);
        int position = env.At.Position + env.Topology.Get(index, TopologySlots.JointPosition);
        int rest = env.At.OfJoint(joint, ConstantSlots.SpringReference);
        bool ball = kind == (int)JointType.Ball;
        int count = kind == (int)JointType.Free ? 3 : ball ? 0 : 1;
        T square = T.Of(0);
        for (int k = 0; k < count; k++)
        {
            T stretch = env.Work.Get(position, k) - env.Constants.Get(rest, k);
            square = T.Fma(stretch, stretch, square);
        }

        if (ball || kind == (int)JointType.Free)
        {
            square += Turned(env, env.At.JointRotation + (4 * joint), rest + count);
        }

        T stiffness = env.Constants.Get(env.At.OfJoint(joint, ConstantSlots.Stiffness));
        return T.Of(0.5) * stiffness * square;
    }

    // Squared angle between a joint's rotation and the one at rest.
    private static T Turned(
        in Env<T, TWork, TConst, TIndex> env, int quaternion, int rest)
    {
        T along = T.Of(0);
        for (int k = 0; k < 4; k++)
        {
            along = T.Fma(
                env.Work.Get(quaternion, k), env.Constants.Get(rest, k), along);
        }

        T cosine = T.Abs(along);
        T sine = T.Sqrt(T.Max(T.Fnma(cosine, cosine, T.Of(1)), T.Of(0)));
        T angle = T.Of(2) * T.Atan2(sine, cosine);
        return angle * angle;
    }
}
