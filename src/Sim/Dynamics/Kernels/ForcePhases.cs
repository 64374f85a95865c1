using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Actuator, spring and damper forces. Actuator: force = (gain + gain1 l + gain2 l̇) u + bias0 +
/// bias1 l + bias2 l̇, clamped; u is the control, or the activation that follows it; the joints
/// feel moment · force, clamped again (MuJoCo, engine_forward.c, engine_passive.c).
/// </summary>
internal static class ForcePhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>
    /// Force and its derivative by velocity of each actuator, before a tendon's common range.
    /// </summary>
    public static void ActuatorForces(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int actuator = 0; actuator < env.At.ActuatorCount; actuator++)
        {
            int index = env.At.IndexOfActuator(actuator, 0);
            if (env.Topology.Get(index, TopologySlots.ActuatorDrive) == (int)DriveKind.Scalar)
            {
                Measure(env, actuator, index);
            }

            T input = Input(env, actuator, index);
            if (env.Topology.Get(index, TopologySlots.ActuatorWraps) != 0)
            {
                input = Wrap(env, actuator, input);
            }

            Drive(env, actuator, input, index);
        }
    }

    /// <summary>Scales the forces on each tendon so that their sum keeps to its range.</summary>
    public static void KeepTendonRanges(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int actuator = 0; actuator < env.At.ActuatorCount; actuator++)
        {
            int sum = TendonSum(env, actuator);
            if (sum >= 0)
            {
                T force = env.Work.Get(env.At.Drives.Force + actuator);
                env.Work.Set(sum, env.Work.Get(sum) + force);
            }
        }

        for (int actuator = 0; actuator < env.At.ActuatorCount; actuator++)
        {
            int sum = TendonSum(env, actuator);
            if (sum >= 0)
            {
                int tendon = sum - env.At.Tendons.ActuatorForce;
                T total = env.Work.Get(sum);
                T low = env.Constants.Get(
                    env.At.Tendons.Of(tendon, ConstantSlots.TendonForceMin));
                T high = env.Constants.Get(
                    env.At.Tendons.Of(tendon, ConstantSlots.TendonForceMax));
                T scale = T.Where(total - high, high / total, T.Of(1));
                scale = T.Where(low - total, low / total, scale);
                int force = env.At.Drives.Force + actuator;
                env.Work.Set(force, scale * env.Work.Get(force));
            }
        }
    }

    /// <summary>Clamps the forces and gathers them on the joints.</summary>
    public static void JointForces(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        bool compensates = env.Topology.Get(TopologySlots.HasGravityCompensation) != 0;
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            int joint = env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofJoint));
            bool adds = compensates && env.Topology.Get(
                env.At.IndexOfJoint(joint, TopologySlots.JointGravityIsActuated)) != 0;
            work.Set(
                env.At.ActuatorJointForce + dof,
                adds ? work.Get(env.At.GravityCompensation + dof) : T.Of(0));
        }

        for (int actuator = 0; actuator < env.At.ActuatorCount; actuator++)
        {
            Gather(env, actuator);
        }

        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            if (env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofHasForceRange)) != 0)
            {
                T low = env.Constants.Get(env.At.OfDof(dof, ConstantSlots.ActuatorForceMin));
                T high = env.Constants.Get(env.At.OfDof(dof, ConstantSlots.ActuatorForceMax));
                T force = work.Get(env.At.ActuatorJointForce + dof);
                work.Set(env.At.ActuatorJointForce + dof, T.Min(T.Max(force, low), high));
            }
        }
    }

    /// <summary>
    /// smooth = -k (q - springref) - b q̇ - bias + actuators + applied, of slides and hinges; of
    /// other joints without the spring.
    /// </summary>
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
            int index = env.At.IndexOfDof(dof, 0);
            int place = env.Topology.Get(index, TopologySlots.DofPosition);
            if (place >= 0)
            {
                int block = env.At.OfJoint(env.Topology.Get(index, TopologySlots.DofJoint), 0);
                T stretch = work.Get(env.At.Position + place)
                    - env.Constants.Get(block, ConstantSlots.SpringReference);
                force = T.Fnma(
                    env.Constants.Get(block, ConstantSlots.Stiffness), stretch, force);
            }

            work.Set(env.At.Smooth + dof, force);
        }
    }

    /// <summary>
    /// Adds springs of ball and free joints and compensated gravity to the smooth force.
    /// </summary>
    public static void AddRareForces(in Env<T, TWork, TConst, TIndex> env)
    {
        bool compensates = env.Topology.Get(TopologySlots.HasGravityCompensation) != 0;
        for (int joint = 0; joint < env.At.JointCount; joint++)
        {
            int index = env.At.IndexOfJoint(joint, 0);
            int kind = env.Topology.Get(index, TopologySlots.JointKind);
            int dof = env.Topology.Get(index, TopologySlots.JointDof);
            if (env.Topology.Get(index, TopologySlots.JointHasSpring) != 0)
            {
                Pull(env, joint, kind, dof);
            }

            if (compensates
                && env.Topology.Get(index, TopologySlots.JointGravityIsActuated) == 0)
            {
                int count = kind == (int)JointType.Free ? 6 : kind == (int)JointType.Ball ? 3 : 1;
                for (int k = dof; k < dof + count; k++)
                {
                    T force = env.Work.Get(env.At.Smooth + k);
                    env.Work.Set(
                        env.At.Smooth + k,
                        force + env.Work.Get(env.At.GravityCompensation + k));
                }
            }
        }
    }

    private static void Measure(
        in Env<T, TWork, TConst, TIndex> env, int actuator, int index)
    {
        int place = env.Topology.Get(index, TopologySlots.ActuatorPosition);
        int dof = env.Topology.Get(index, TopologySlots.ActuatorDof);
        T gear = env.Constants.Get(env.At.OfActuator(actuator, ConstantSlots.Gear));
        env.Work.Set(
            env.At.Drives.Length + actuator, gear * env.Work.Get(env.At.Position + place));
        env.Work.Set(
            env.At.Drives.Velocity + actuator, gear * env.Work.Get(env.At.Velocity + dof));
    }

    // The clamped control, or the activation that follows it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Input(in Env<T, TWork, TConst, TIndex> env, int actuator, int index)
    {
        TWork work = env.Work;
        int block = env.At.OfActuator(actuator, 0);
        T control = T.Min(
            T.Max(
                work.Get(env.At.Control + actuator),
                env.Constants.Get(block, ConstantSlots.ControlMin)),
            env.Constants.Get(block, ConstantSlots.ControlMax));
        int place = env.Topology.Get(index, TopologySlots.ActuatorActivation);
        if (place < 0)
        {
            return control;
        }

        T activation = work.Get(env.At.Activation + place);
        T rate = env.Constants.Get(block, ConstantSlots.ActivationRate)
            * T.Fnma(
                env.Constants.Get(block, ConstantSlots.ActivationLeak), activation, control);
        rate = T.Where(work.Get(env.At.Enabled + actuator), rate, T.Of(0));
        work.Set(env.At.Drives.ActivationRate + place, rate);
        return env.Topology.Get(index, TopologySlots.ActuatorIsEarly) != 0
            ? NextActivation(env, block, activation, rate)
            : activation;
    }

    /// <summary>Activation after one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NextActivation(
        in Env<T, TWork, TConst, TIndex> env, int block, T activation, T rate)
    {
        T next = T.Fma(
            rate, env.Constants.Get(block, ConstantSlots.ActivationStep), activation);
        return T.Min(
            T.Max(next, env.Constants.Get(block, ConstantSlots.ActivationMin)),
            env.Constants.Get(block, ConstantSlots.ActivationMax));
    }

    /// <summary>
    /// The set point of a ball's servo that is nearest to its length: 2π |gear| is a full turn.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Wrap(in Env<T, TWork, TConst, TIndex> env, int actuator, T point)
    {
        int gear = env.At.OfActuator(actuator, ConstantSlots.Gear);
        T x = env.Constants.Get(gear);
        T y = env.Constants.Get(gear, 1);
        T z = env.Constants.Get(gear, 2);
        T period = T.Of(2 * Math.PI) * T.Sqrt(T.Fma(x, x, T.Fma(y, y, z * z)));
        T error = point - env.Work.Get(env.At.Drives.Length + actuator);
        T turns = T.Floor((error / period) + T.Of(0.5));
        return T.Where(period, T.Fnma(period, turns, point), point);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Drive(
        in Env<T, TWork, TConst, TIndex> env, int actuator, T input, int index)
    {
        TWork work = env.Work;
        int block = env.At.OfActuator(actuator, 0);
        T length = work.Get(env.At.Drives.Length + actuator);
        T velocity = work.Get(env.At.Drives.Velocity + actuator);
        T gain = env.Constants.Get(block, ConstantSlots.Gain);
        T slope = env.Constants.Get(block, ConstantSlots.Bias2);
        T force = T.Fma(
            env.Constants.Get(block, ConstantSlots.Bias1),
            length,
            env.Constants.Get(block, ConstantSlots.Bias0));
        force = T.Fma(slope, velocity, force);
        if (env.Topology.Get(index, TopologySlots.ActuatorHasAffineGain) != 0)
        {
            T gain2 = env.Constants.Get(block, ConstantSlots.Gain2);
            gain = T.Fma(env.Constants.Get(block, ConstantSlots.Gain1), length, gain);
            gain = T.Fma(gain2, velocity, gain);
            slope = T.Fma(gain2, input, slope);
        }

        T enabled = work.Get(env.At.Enabled + actuator);
        force = T.Fma(gain, input, force);
        work.Set(env.At.Drives.Force + actuator, T.Where(enabled, force, T.Of(0)));
        work.Set(env.At.Drives.Slope + actuator, T.Where(enabled, slope, T.Of(0)));
    }

    // Slot of the tendon's summed force, or -1.
    private static int TendonSum(in Env<T, TWork, TConst, TIndex> env, int actuator)
    {
        int index = env.At.IndexOfActuator(actuator, 0);
        return env.Topology.Get(index, TopologySlots.ActuatorDrive) == (int)DriveKind.Tendon
            ? env.At.Tendons.ActuatorForce
                + env.Topology.Get(index, TopologySlots.ActuatorTarget)
            : -1;
    }

    private static void Gather(in Env<T, TWork, TConst, TIndex> env, int actuator)
    {
        TWork work = env.Work;
        int index = env.At.IndexOfActuator(actuator, 0);
        int block = env.At.OfActuator(actuator, 0);
        T low = env.Constants.Get(block, ConstantSlots.ForceMin);
        T high = env.Constants.Get(block, ConstantSlots.ForceMax);
        T wanted = work.Get(env.At.Drives.Force + actuator);
        T force = T.Min(T.Max(wanted, low), high);

        // At its force limit an actuator has no velocity gain.
        T inside = T.Min(force - low, high - force);
        int slope = env.At.Drives.Slope + actuator;
        work.Set(slope, T.Where(inside, work.Get(slope), T.Of(0)));
        force = T.Where(work.Get(env.At.Enabled + actuator), force, T.Of(0));
        work.Set(env.At.Drives.Force + actuator, force);
        if (env.Topology.Get(index, TopologySlots.ActuatorDrive) == (int)DriveKind.Scalar)
        {
            int sum = env.At.ActuatorJointForce
                + env.Topology.Get(index, TopologySlots.ActuatorDof);
            work.Set(
                sum,
                T.Fma(env.Constants.Get(block, ConstantSlots.Gear), force, work.Get(sum)));
            return;
        }

        int first = env.Topology.Get(index, TopologySlots.ActuatorFirstMoment);
        int count = env.Topology.Get(index, TopologySlots.ActuatorMomentCount);
        for (int k = first; k < first + count; k++)
        {
            int sum = env.At.ActuatorJointForce
                + env.Topology.Get(env.At.Drives.TopologyMoments + k);
            work.Set(sum, T.Fma(work.Get(env.At.Drives.Moment + k), force, work.Get(sum)));
        }
    }

    // Translation from the spring's place; rotation vector of q_spring⁻¹ ⊗ q.
    private static void Pull(
        in Env<T, TWork, TConst, TIndex> env, int joint, int kind, int dof)
    {
        int rest = env.At.OfJoint(joint, ConstantSlots.SpringReference);
        T stiffness = env.Constants.Get(env.At.OfJoint(joint, ConstantSlots.Stiffness));
        int smooth = env.At.Smooth + dof;
        if (kind == (int)JointType.Free)
        {
            int position = env.At.Position
                + env.Topology.Get(env.At.IndexOfJoint(joint, TopologySlots.JointPosition));
            for (int k = 0; k < 3; k++)
            {
                T stretch = env.Work.Get(position, k) - env.Constants.Get(rest, k);
                env.Work.Set(
                    smooth, k, T.Fnma(stiffness, stretch, env.Work.Get(smooth, k)));
            }

            rest += 3;
            smooth += 3;
        }

        PullBack(env, env.At.JointRotation + (4 * joint), rest, stiffness, smooth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PullBack(
        in Env<T, TWork, TConst, TIndex> env, int quaternion, int rest, T stiffness, int smooth)
    {
        T w = env.Work.Get(quaternion);
        T x = env.Work.Get(quaternion, 1);
        T y = env.Work.Get(quaternion, 2);
        T z = env.Work.Get(quaternion, 3);
        T rw = env.Constants.Get(rest);
        T rx = env.Constants.Get(rest, 1);
        T ry = env.Constants.Get(rest, 2);
        T rz = env.Constants.Get(rest, 3);
        T dw = T.Fma(rw, w, T.Fma(rx, x, T.Fma(ry, y, rz * z)));
        T dx = T.Fma(rw, x, T.Fnma(rx, w, T.Fnma(ry, z, rz * y)));
        T dy = T.Fma(rw, y, T.Fnma(ry, w, T.Fnma(rz, x, rx * z)));
        T dz = T.Fma(rw, z, T.Fnma(rz, w, T.Fnma(rx, y, ry * x)));
        T scale = stiffness * QuaternionPhases<T>.AngleOverSine(dw, dx, dy, dz);
        env.Work.Set(smooth, T.Fnma(scale, dx, env.Work.Get(smooth)));
        env.Work.Set(smooth, 1, T.Fnma(scale, dy, env.Work.Get(smooth, 1)));
        env.Work.Set(smooth, 2, T.Fnma(scale, dz, env.Work.Get(smooth, 2)));
    }
}
