using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The next state: (M - h S) a' = smooth + constraint, q̇ += h a', q = q ⊕ h q̇, with S the
/// derivative of forces by velocity that the integration rule takes in (MuJoCo, engine_forward.c,
/// engine_derivative.c).
/// </summary>
internal static class IntegrationPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    // MuJoCo's mjMINVAL: slower than this counts as no rotation.
    private const double RateMin = 1e-15;

    /// <summary>
    /// The diagonal of h times the dampers, to DiagonalShift or ImplicitShift.
    /// </summary>
    public static void DampDiagonal(in Env<T, TWork, TConst, TIndex> env, int shift)
    {
        T step = env.Constants.Get(ConstantSlots.TimeStep);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T damping = env.Constants.Get(env.At.OfDof(dof, ConstantSlots.Damping));
            env.Work.Set(shift, dof, step * damping);
        }
    }

    /// <summary>
    /// The force from which an implicit rule gets the velocity's rate of change, to Direction.
    /// </summary>
    public static void LoadForce(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            work.Set(
                env.At.Direction + dof,
                work.Get(env.At.Smooth + dof) + work.Get(env.At.ConstraintForce + dof));
        }
    }

    /// <summary>Adds the actuators of single slides and hinges to the diagonal of -h S.</summary>
    public static void AddDriveDerivatives(in Env<T, TWork, TConst, TIndex> env, int diagonal)
    {
        T step = env.Constants.Get(ConstantSlots.TimeStep);
        for (int actuator = 0; actuator < env.At.ActuatorCount; actuator++)
        {
            int index = env.At.IndexOfActuator(actuator, 0);
            if (env.Topology.Get(index, TopologySlots.ActuatorDrive) == (int)DriveKind.Scalar)
            {
                T gear = env.Constants.Get(env.At.OfActuator(actuator, ConstantSlots.Gear));
                T slope = env.Work.Get(env.At.Drives.Slope + actuator);
                int shift = diagonal + env.Topology.Get(index, TopologySlots.ActuatorDof);
                env.Work.Set(
                    shift, T.Fnma(step * slope * gear, gear, env.Work.Get(shift)));
            }
        }
    }

    /// <summary>
    /// Factor becomes M - h S without the diagonal shift: what acts on several dofs at once, within
    /// the envelope of M as MuJoCo has it.
    /// </summary>
    public static void AddCoupledDerivatives(in Env<T, TWork, TConst, TIndex> env)
    {
        int n = env.At.DofCount;
        for (int column = 0; column < n; column++)
        {
            int last = env.Topology.Get(env.At.IndexOfDof(column, TopologySlots.DofLast));
            for (int row = column; row <= last; row++)
            {
                int slot = (row * n) + column;
                env.Work.Set(env.At.Factor + slot, env.Work.Get(env.At.MassMatrix + slot));
            }
        }

        T step = env.Constants.Get(ConstantSlots.TimeStep);
        for (int tendon = 0; tendon < env.At.Tendons.Count; tendon++)
        {
            T damping = env.Constants.Get(
                env.At.Tendons.Of(tendon, ConstantSlots.TendonDamping));
            TendonPhases<T, TWork, TConst, TIndex>.AddOuter(
                env, tendon, step * damping, env.At.Factor);
        }

        for (int actuator = 0; actuator < env.At.ActuatorCount; actuator++)
        {
            AddMomentOuter(env, actuator, step);
        }
    }

    /// <summary>q̇ += h a', q = q ⊕ h q̇, t += h.</summary>
    /// <param name="env">The env.</param>
    /// <param name="rate">First slot of a'. Shape [dof].</param>
    /// <param name="moving">First slot of the q̇ that moves q. Shape [dof].</param>
    public static void Advance(in Env<T, TWork, TConst, TIndex> env, int rate, int moving)
    {
        TWork work = env.Work;
        T step = env.Constants.Get(ConstantSlots.TimeStep);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            int velocity = env.At.Velocity + dof;
            work.Set(velocity, T.Fma(step, work.Get(rate, dof), work.Get(velocity)));
        }

        MovePositions(env, step, moving);
        work.Set(env.At.Time, work.Get(env.At.Time) + step);
    }

    /// <summary>Each activation after the step.</summary>
    /// <param name="env">The env.</param>
    /// <param name="rate">First slot of ȧ. Shape [activation].</param>
    public static void AdvanceActivations(in Env<T, TWork, TConst, TIndex> env, int rate)
    {
        for (int actuator = 0; actuator < env.At.ActuatorCount; actuator++)
        {
            int place = env.Topology.Get(
                env.At.IndexOfActuator(actuator, TopologySlots.ActuatorActivation));
            if (place >= 0)
            {
                int slot = env.At.Activation + place;
                T next = ForcePhases<T, TWork, TConst, TIndex>.NextActivation(
                    env,
                    env.At.OfActuator(actuator, 0),
                    env.Work.Get(slot),
                    env.Work.Get(rate, place));
                bool wraps = env.Topology.Get(
                    env.At.IndexOfActuator(actuator, TopologySlots.ActuatorWraps)) != 0;
                env.Work.Set(
                    slot,
                    wraps
                        ? ForcePhases<T, TWork, TConst, TIndex>.Wrap(env, actuator, next)
                        : next);
            }
        }
    }

    /// <summary>Keeps the acceleration for the next solve to start at.</summary>
    public static void KeepWarmstart(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            env.Work.Set(env.At.Warmstart + dof, env.Work.Get(env.At.Acceleration + dof));
        }
    }

    /// <summary>Sets Corrupt where a position, velocity or acceleration is not finite.</summary>
    public static void CheckFinite(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        // A number that is not finite is not 0 when multiplied by 0, nor is the sum then.
        T zero = T.Of(0);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            zero = T.Fma(work.Get(env.At.Velocity + dof), T.Of(0), zero);
            zero = T.Fma(work.Get(env.At.Acceleration + dof), T.Of(0), zero);
        }

        for (int k = 0; k < env.At.PositionCount; k++)
        {
            zero = T.Fma(work.Get(env.At.Position + k), T.Of(0), zero);
        }

        for (int k = 0; k < env.At.ActivationCount; k++)
        {
            zero = T.Fma(work.Get(env.At.Activation + k), T.Of(0), zero);
        }

        T finite = T.IsFinite(zero);
        work.Set(env.At.Corrupt, T.Of(1) - finite);
    }

    /// <summary>q = q ⊕ duration · q̇.</summary>
    /// <param name="env">The env.</param>
    /// <param name="duration">s.</param>
    /// <param name="moving">First slot of q̇. Shape [dof].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MovePositions(
        in Env<T, TWork, TConst, TIndex> env, T duration, int moving)
    {
        for (int joint = 0; joint < env.At.JointCount; joint++)
        {
            int block = env.At.IndexOfJoint(joint, 0);
            int kind = env.Topology.Get(block, TopologySlots.JointKind);
            int position = env.At.Position
                + env.Topology.Get(block, TopologySlots.JointPosition);
            int velocity = moving + env.Topology.Get(block, TopologySlots.JointDof);
            if (kind == (int)JointType.Free)
            {
                for (int k = 0; k < 3; k++)
                {
                    Move(env, position + k, velocity + k, duration);
                }

                position += 3;
                velocity += 3;
            }

            if (kind is (int)JointType.Free or (int)JointType.Ball)
            {
                Turn(env, position, velocity, duration);
            }
            else
            {
                Move(env, position, velocity, duration);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move(
        in Env<T, TWork, TConst, TIndex> env, int position, int velocity, T duration) =>
        env.Work.Set(
            position, T.Fma(duration, env.Work.Get(velocity), env.Work.Get(position)));

    // q = q / |q| ⊗ exp(h ω / 2), with ω in the body's axes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(
        in Env<T, TWork, TConst, TIndex> env, int position, int velocity, T duration)
    {
        TWork work = env.Work;
        T rateX = work.Get(velocity);
        T rateY = work.Get(velocity, 1);
        T rateZ = work.Get(velocity, 2);
        T rate = T.Sqrt(T.Fma(rateX, rateX, T.Fma(rateY, rateY, rateZ * rateZ)));
        T half = T.Of(0.5) * duration;
        T.SinCos(half * rate, out T sine, out T cosine);

        // sin(h |ω| / 2) / |ω| is h / 2 at rest.
        T moving = rate - T.Of(RateMin);
        T ratio = T.Where(moving, sine / T.Where(moving, rate, T.Of(1)), half);
        T bx = rateX * ratio;
        T by = rateY * ratio;
        T bz = rateZ * ratio;
        T w = work.Get(position);
        T x = work.Get(position, 1);
        T y = work.Get(position, 2);
        T z = work.Get(position, 3);
        T inverse =
            T.Of(1) / T.Sqrt(T.Fma(w, w, T.Fma(x, x, T.Fma(y, y, z * z))));
        w *= inverse;
        x *= inverse;
        y *= inverse;
        z *= inverse;
        work.Set(position, T.Fnma(z, bz, T.Fnma(y, by, T.Fnma(x, bx, w * cosine))));
        work.Set(position, 1, T.Fnma(z, by, T.Fma(y, bz, T.Fma(x, cosine, w * bx))));
        work.Set(position, 2, T.Fma(z, bx, T.Fma(y, cosine, T.Fnma(x, bz, w * by))));
        work.Set(position, 3, T.Fma(z, cosine, T.Fnma(y, bx, T.Fma(x, by, w * bz))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddMomentOuter(
        in Env<T, TWork, TConst, TIndex> env, int actuator, T step)
    {
        int index = env.At.IndexOfActuator(actuator, 0);
        int first = env.Topology.Get(index, TopologySlots.ActuatorFirstMoment);
        int count = env.Topology.Get(index, TopologySlots.ActuatorMomentCount);
        T scale = step * env.Work.Get(env.At.Drives.Slope + actuator);
        for (int i = first; i < first + count; i++)
        {
            int row = env.Topology.Get(env.At.Drives.TopologyMoments + i);
            T scaled = scale * env.Work.Get(env.At.Drives.Moment + i);
            for (int j = first; j < first + count; j++)
            {
                int column = env.Topology.Get(env.At.Drives.TopologyMoments + j);
                int reach = env.Topology.Get(env.At.IndexOfDof(column, TopologySlots.DofLast));
                if (column <= row && row <= reach)
                {
                    int slot = env.At.Factor + (row * env.At.DofCount) + column;
                    T entry = env.Work.Get(env.At.Drives.Moment + j);
                    env.Work.Set(slot, T.Fnma(scaled, entry, env.Work.Get(slot)));
                }
            }
        }
    }
}
