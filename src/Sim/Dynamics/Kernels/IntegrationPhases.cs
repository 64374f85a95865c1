using HilRig.Sim.Memory;
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
        }

        if (rule != IntegrationRule.Explicit)
        {
            FactorPhases<T, TWork, TConst, TIndex>.Factor(env);
            FactorPhases<T, TWork, TConst, TIndex>.Solve(env, env.At.Direction);
        }

        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T velocity = T.Fma(
                step, work.Get(env.At.Direction + dof), work.Get(env.At.Velocity + dof));
            work.Set(env.At.Velocity + dof, velocity);
            work.Set(
                env.At.Position + dof, T.Fma(step, velocity, work.Get(env.At.Position + dof)));
        }
    }

    /// <summary>Sets Corrupt where a position, velocity or acceleration is not finite.</summary>
    public static void CheckFinite(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        T finite = T.Of(1);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            finite *= T.IsFinite(work.Get(env.At.Position + dof));
            finite *= T.IsFinite(work.Get(env.At.Velocity + dof));
            finite *= T.IsFinite(work.Get(env.At.Acceleration + dof));
        }

        work.Set(env.At.Corrupt, T.Of(1) - finite);
    }
}
