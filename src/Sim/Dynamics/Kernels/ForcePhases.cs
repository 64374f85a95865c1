using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Actuator, spring and damper forces. Actuator: force = gain u + bias0 + bias1 l + bias2 l̇ with
/// l = gear q, clamped; the joint feels gear · force, clamped again (MuJoCo, engine_forward.c).
/// </summary>
internal static class ForcePhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>
    /// Force of each actuator, its sum per joint, and the derivative by joint velocity.
    /// </summary>
    public static void Actuation(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            work.Set(env.At.ActuatorJointForce + dof, T.Of(0));
            work.Set(env.At.ActuatorDerivative + dof, T.Of(0));
        }

        for (int actuator = 0; actuator < env.At.ActuatorCount; actuator++)
        {
            Drive(env, actuator);
        }

        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T low = env.Constants.Get(env.At.OfDof(dof, ConstantSlots.ActuatorForceMin));
            T high = env.Constants.Get(env.At.OfDof(dof, ConstantSlots.ActuatorForceMax));
            T force = work.Get(env.At.ActuatorJointForce + dof);
            work.Set(env.At.ActuatorJointForce + dof, T.Min(T.Max(force, low), high));
        }
    }

    /// <summary>smooth = -k (q - springref) - b q̇ - bias + actuators + applied.</summary>
    public static void SmoothForce(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T force = work.Get(env.At.ActuatorJointForce + dof)
                + work.Get(env.At.Applied + dof)
                - work.Get(env.At.Bias + dof);
            force = T.Fnma(
                env.Constants.Get(env.At.OfDof(dof, ConstantSlots.Damping)),
                work.Get(env.At.Velocity + dof),
                force);
            work.Set(env.At.Smooth + dof, force);
        }

        for (int joint = 0; joint < env.At.JointCount; joint++)
        {
            Pull(env, joint);
        }
    }

    private static void Pull(in Env<T, TWork, TConst, TIndex> env, int joint)
    {
        int block = env.At.IndexOfJoint(joint, 0);
        int kind = env.Topology.Get(block + TopologySlots.JointKind);
        if (kind != (int)JointType.Hinge && kind != (int)JointType.Slide)
        {
            return;
        }

        int position = env.Topology.Get(block + TopologySlots.JointPosition);
        int dof = env.Topology.Get(block + TopologySlots.JointDof);
        T stretch = env.Work.Get(env.At.Position + position)
            - env.Constants.Get(env.At.OfJoint(joint, ConstantSlots.SpringReference));
        T force = env.Work.Get(env.At.Smooth + dof);
        T stiffness = env.Constants.Get(env.At.OfJoint(joint, ConstantSlots.Stiffness));
        env.Work.Set(env.At.Smooth + dof, T.Fnma(stiffness, stretch, force));
    }

    private static void Drive(in Env<T, TWork, TConst, TIndex> env, int actuator)
    {
        TWork work = env.Work;
        int block = env.At.OfActuator(actuator, 0);
        int dof = env.Topology.Get(env.At.IndexOfActuator(actuator, TopologySlots.ActuatorDof));
        T gear = env.Constants.Get(block + ConstantSlots.Gear);
        T bias2 = env.Constants.Get(block + ConstantSlots.Bias2);
        T low = env.Constants.Get(block + ConstantSlots.ForceMin);
        T high = env.Constants.Get(block + ConstantSlots.ForceMax);
        T enabled = work.Get(env.At.Enabled + actuator);

        // Clamp the control, then the affine law in length and velocity.
        T control = T.Min(
            T.Max(
                work.Get(env.At.Control + actuator),
                env.Constants.Get(block + ConstantSlots.ControlMin)),
            env.Constants.Get(block + ConstantSlots.ControlMax));
        T force = T.Fma(
            env.Constants.Get(block + ConstantSlots.Gain),
            control,
            env.Constants.Get(block + ConstantSlots.Bias0));
        int place = env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofPosition));
        T length = gear * work.Get(env.At.Position + place);
        force = T.Fma(env.Constants.Get(block + ConstantSlots.Bias1), length, force);
        force = T.Fma(bias2, gear * work.Get(env.At.Velocity + dof), force);
        force = T.Min(T.Max(force, low), high);

        // At its force limit an actuator has no velocity gain.
        T inside = T.Where(force - low, T.Of(1), T.Of(0)) * T.Where(high - force, T.Of(1), T.Of(0));
        T applied = T.Where(enabled, force, T.Of(0));
        T derivative = T.Where(enabled, inside * bias2 * gear * gear, T.Of(0));
        work.Set(env.At.ActuatorForce + actuator, applied);
        int sum = env.At.ActuatorJointForce + dof;
        work.Set(sum, T.Fma(gear, applied, work.Get(sum)));
        work.Set(
            env.At.ActuatorDerivative + dof,
            work.Get(env.At.ActuatorDerivative + dof) + derivative);
    }
}
