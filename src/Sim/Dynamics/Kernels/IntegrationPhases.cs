using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The next state: (M + h S) a' = smooth + constraint, q̇ += h a', q += h q̇, with S after the
/// integration rule.
/// </summary>
internal static class IntegrationPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    // MuJoCo's mjMINVAL: slower than this counts as no rotation.
    private const double RateMin = 1e-15;

    /// <summary>Takes the step. The accelerations of the state left behind stay readable.</summary>
    public static void Integrate(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        var rule = (IntegrationRule)env.Topology.Get(TopologySlots.Integration);
        T step = env.Constants.Get(ConstantSlots.TimeStep);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T damping = env.Constants.Get(env.At.OfDof(dof, ConstantSlots.Damping));
            T slope = rule == IntegrationRule.ImplicitFast
                ? damping - work.Get(env.At.ActuatorDerivative + dof)
                : damping;
            work.Set(env.At.DiagonalShift + dof, step * slope);
            T force = work.Get(env.At.Smooth + dof) + work.Get(env.At.ConstraintForce + dof);
            T acceleration = work.Get(env.At.Acceleration + dof);
            work.Set(
                env.At.Direction + dof,
                rule == IntegrationRule.Explicit ? acceleration : force);
            work.Set(env.At.Warmstart + dof, acceleration);
        }

        if (rule != IntegrationRule.Explicit)
        {
            TreeEnvelope<TIndex> tree = FactorPhases<T, TWork, TConst, TIndex>.Tree(env);
            FactorPhases<T, TWork, TConst, TIndex>.Factor(env, tree, env.At.MassMatrix);
            FactorPhases<T, TWork, TConst, TIndex>.Solve(env, tree, env.At.Direction);
        }

        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            work.Set(
                env.At.Velocity + dof,
                T.Fma(step, work.Get(env.At.Direction + dof), work.Get(env.At.Velocity + dof)));
        }

        for (int joint = 0; joint < env.At.JointCount; joint++)
        {
            MoveJoint(env, joint, step);
        }

        work.Set(env.At.Time, work.Get(env.At.Time) + step);
    }

    /// <summary>Sets Corrupt where a position, velocity or acceleration is not finite.</summary>
    public static void CheckFinite(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        T finite = T.Of(1);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            finite *= T.IsFinite(work.Get(env.At.Velocity + dof));
            finite *= T.IsFinite(work.Get(env.At.Acceleration + dof));
        }

        for (int k = 0; k < env.At.PositionCount; k++)
        {
            finite *= T.IsFinite(work.Get(env.At.Position + k));
        }

        work.Set(env.At.Corrupt, T.Of(1) - finite);
    }

    private static void MoveJoint(in Env<T, TWork, TConst, TIndex> env, int joint, T step)
    {
        int block = env.At.IndexOfJoint(joint, 0);
        int kind = env.Topology.Get(block + TopologySlots.JointKind);
        int position = env.At.Position + env.Topology.Get(block + TopologySlots.JointPosition);
        int velocity = env.At.Velocity + env.Topology.Get(block + TopologySlots.JointDof);
        if (kind == (int)JointType.Ball)
        {
            Turn(env, position, velocity, step);
            return;
        }

        int count = kind == (int)JointType.Free ? 3 : 1;
        for (int k = 0; k < count; k++)
        {
            T place = env.Work.Get(position + k);
            env.Work.Set(position + k, T.Fma(step, env.Work.Get(velocity + k), place));
        }

        if (kind == (int)JointType.Free)
        {
            Turn(env, position + 3, velocity + 3, step);
        }
    }

    // q = q / |q| ⊗ exp(h ω / 2), with ω in the body's axes.
    private static void Turn(
        in Env<T, TWork, TConst, TIndex> env, int position, int velocity, T step)
    {
        TWork work = env.Work;
        T rateX = work.Get(velocity);
        T rateY = work.Get(velocity + 1);
        T rateZ = work.Get(velocity + 2);
        T rate = T.Sqrt(T.Fma(rateX, rateX, T.Fma(rateY, rateY, rateZ * rateZ)));
        T half = T.Of(0.5) * step;
        T.SinCos(half * rate, out T sine, out T cosine);

        // sin(h |ω| / 2) / |ω| is h / 2 at rest.
        T moving = rate - T.Of(RateMin);
        T ratio = T.Where(moving, sine / T.Where(moving, rate, T.Of(1)), half);
        T bx = rateX * ratio;
        T by = rateY * ratio;
        T bz = rateZ * ratio;
        T w = work.Get(position);
        T x = work.Get(position + 1);
        T y = work.Get(position + 2);
        T z = work.Get(position + 3);
        T inverse =
            T.Of(1) / T.Sqrt(T.Fma(w, w, T.Fma(x, x, T.Fma(y, y, z * z))));
        w *= inverse;
        x *= inverse;
        y *= inverse;
        z *= inverse;
        work.Set(position, T.Fnma(z, bz, T.Fnma(y, by, T.Fnma(x, bx, w * cosine))));
        work.Set(position + 1, T.Fnma(z, by, T.Fma(y, bz, T.Fma(x, cosine, w * bx))));
        work.Set(position + 2, T.Fma(z, bx, T.Fma(y, cosine, T.Fnma(x, bz, w * by))));
        work.Set(position + 3, T.Fma(z, cosine, T.Fnma(y, bx, T.Fma(x, by, w * bz))));
    }
}
