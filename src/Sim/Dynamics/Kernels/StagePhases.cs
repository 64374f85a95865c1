using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Runge-Kutta of fourth order, constraints solved at each of the four stages (MuJoCo,
/// engine_forward.c, mj_RungeKutta): stage i starts from X0 ⊕ h A_i F_(i-1); the step ends at
/// X0 ⊕ h Σ B_i F_i.
/// </summary>
internal static class StagePhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Number of stages.</summary>
    public const int Count = 4;

    /// <summary>Keeps the state at the start and begins the weighted sums.</summary>
    public static void Begin(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int k = 0; k < env.At.StateCount; k++)
        {
            env.Work.Set(env.At.Stages.Start + k, env.Work.Get(k));
        }

        Sum(env, T.Of(1.0 / 6), T.Of(0));
    }

    /// <summary>Goes from the start to where a stage is evaluated.</summary>
    public static void Enter(in Env<T, TWork, TConst, TIndex> env, int stage)
    {
        TWork work = env.Work;
        T step = env.Constants.Get(ConstantSlots.TimeStep)
            * (stage == Count - 1 ? T.Of(1) : T.Of(0.5));
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            work.Set(env.At.Stages.Moving + dof, work.Get(env.At.Velocity + dof));
        }

        Restore(env);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            int velocity = env.At.Velocity + dof;
            T rate = work.Get(env.At.Acceleration + dof);
            work.Set(velocity, T.Fma(step, rate, work.Get(velocity)));
        }

        for (int k = 0; k < env.At.ActivationCount; k++)
        {
            T rate = work.Get(env.At.Drives.ActivationRate + k);
            work.Set(
                env.At.Activation + k, T.Fma(step, rate, work.Get(env.At.Activation + k)));
        }

        IntegrationPhases<T, TWork, TConst, TIndex>.MovePositions(
            env, step, env.At.Stages.Moving);
        work.Set(env.At.Time, work.Get(env.At.Time) + step);
    }

    /// <summary>Adds a stage's velocity and rates to the weighted sums.</summary>
    public static void Leave(in Env<T, TWork, TConst, TIndex> env, int stage) =>
        Sum(env, stage == Count - 1 ? T.Of(1.0 / 6) : T.Of(1.0 / 3), T.Of(1));

    /// <summary>Back to the state at the start.</summary>
    public static void Restore(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int k = 0; k < env.At.StateCount; k++)
        {
            env.Work.Set(k, env.Work.Get(env.At.Stages.Start + k));
        }
    }

    // sum = weight · stage, plus the sum so far where keep is 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sum(in Env<T, TWork, TConst, TIndex> env, T weight, T keep)
    {
        int n = env.At.DofCount;
        for (int dof = 0; dof < n; dof++)
        {
            Add(env, env.At.Stages.Velocity + dof, env.At.Velocity + dof, weight, keep);
            Add(env, env.At.Stages.Rate + dof, env.At.Acceleration + dof, weight, keep);
        }

        for (int k = 0; k < env.At.ActivationCount; k++)
        {
            Add(
                env,
                env.At.Stages.ActivationRate + k,
                env.At.Drives.ActivationRate + k,
                weight,
                keep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        in Env<T, TWork, TConst, TIndex> env, int sum, int from, T weight, T keep)
    {
        T kept = T.Where(keep, env.Work.Get(sum), T.Of(0));
        env.Work.Set(sum, T.Fma(weight, env.Work.Get(from), kept));
    }
}
