using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>The order of one integration after the accelerations are known.</summary>
internal static class CpuIntegration<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const MethodImplOptions Apart = MethodImplOptions.NoInlining;

    /// <summary>Takes the step of every rule but Runge-Kutta's.</summary>
    public static void Integrate(in Env<T, TWork, TConst, TIndex> env)
    {
        var rule = (IntegrationRule)env.Topology.Get(TopologySlots.Integration);
        int rate = env.At.Acceleration;
        if (rule is IntegrationRule.ImplicitDamping or IntegrationRule.ImplicitFast)
        {
            rate = env.At.Direction;
            SolveImplicit(env, rule);
        }

        if (env.At.ActivationCount > 0)
        {
            AdvanceActivations(env, env.At.Drives.ActivationRate);
        }

        Advance(env, rate, env.At.Velocity);
        KeepWarmstart(env);
    }

    /// <summary>Ends a step of Runge-Kutta from the sums over its stages.</summary>
    public static void EndStages(in Env<T, TWork, TConst, TIndex> env)
    {
        Restore(env);
        if (env.At.ActivationCount > 0)
        {
            AdvanceActivations(env, env.At.Stages.ActivationRate);
        }

        Advance(env, env.At.Stages.Rate, env.At.Stages.Velocity);
        KeepWarmstart(env);
    }

    private static void SolveImplicit(
        in Env<T, TWork, TConst, TIndex> env, IntegrationRule rule)
    {
        if (env.Topology.Get(TopologySlots.HasTwinFactor) != 0)
        {
            // Without a row the twin solve has put the rate into Direction already.
            if (env.Work.GetIndex(env.At.HasRows) != 0)
            {
                LoadForce(env);
                SolveTwin(env);
            }

            return;
        }

        int matrix = env.At.MassMatrix;
        DampDiagonal(env);
        LoadForce(env);
        if (rule == IntegrationRule.ImplicitFast)
        {
            AddDriveDerivatives(env);
            if (env.Topology.Get(TopologySlots.HasCoupledDerivative) != 0)
            {
                AddCoupledDerivatives(env);
                matrix = env.At.Factor;
            }
        }

        Factor(env, matrix);
        Solve(env, env.At.Direction);
        if (rule == IntegrationRule.ImplicitFast
            && env.Topology.Get(TopologySlots.HasFloatingBodies) != 0)
        {
            for (int joint = 0; joint < env.At.JointCount; joint++)
            {
                int slot = env.At.IndexOfJoint(joint, TopologySlots.JointFloatsAlone);
                if (env.Topology.Get(slot) != 0)
                {
                    SolveFloating(env, joint);
                }
            }
        }
    }

    private static void SolveFloating(in Env<T, TWork, TConst, TIndex> env, int joint)
    {
        LoadSystem(env, joint);
        LoadBody(env, joint);
        MakeBlocks(env, joint);
        AddBias(env, joint);
        SolveSystem(env, joint);
    }

    [MethodImpl(Apart)]
    private static void DampDiagonal(in Env<T, TWork, TConst, TIndex> env) =>
        IntegrationPhases<T, TWork, TConst, TIndex>.DampDiagonal(env, env.At.DiagonalShift);

    [MethodImpl(Apart)]
    private static void LoadForce(in Env<T, TWork, TConst, TIndex> env) =>
        IntegrationPhases<T, TWork, TConst, TIndex>.LoadForce(env);

    [MethodImpl(Apart)]
    private static void SolveTwin(in Env<T, TWork, TConst, TIndex> env) =>
        TwinFactorPhases<T, TWork, TConst, TIndex>.SolveImplicit(env);

    [MethodImpl(Apart)]
    private static void AddDriveDerivatives(in Env<T, TWork, TConst, TIndex> env) =>
        IntegrationPhases<T, TWork, TConst, TIndex>.AddDriveDerivatives(
            env, env.At.DiagonalShift);

    [MethodImpl(Apart)]
    private static void AddCoupledDerivatives(in Env<T, TWork, TConst, TIndex> env) =>
        IntegrationPhases<T, TWork, TConst, TIndex>.AddCoupledDerivatives(env);

    [MethodImpl(Apart)]
    private static void Factor(in Env<T, TWork, TConst, TIndex> env, int matrix) =>
        FactorPhases<T, TWork, TConst, TIndex>.Factor(
            env, FactorPhases<T, TWork, TConst, TIndex>.Tree(env), matrix);

    [MethodImpl(Apart)]
    private static void Solve(in Env<T, TWork, TConst, TIndex> env, int vector) =>
        FactorPhases<T, TWork, TConst, TIndex>.Solve(
            env, FactorPhases<T, TWork, TConst, TIndex>.Tree(env), vector);

    [MethodImpl(Apart)]
    private static void LoadSystem(in Env<T, TWork, TConst, TIndex> env, int joint) =>
        FreeBodyPhases<T, TWork, TConst, TIndex>.LoadSystem(env, joint);

    [MethodImpl(Apart)]
    private static void LoadBody(in Env<T, TWork, TConst, TIndex> env, int joint) =>
        FreeBodyPhases<T, TWork, TConst, TIndex>.LoadBody(env, joint);

    [MethodImpl(Apart)]
    private static void MakeBlocks(in Env<T, TWork, TConst, TIndex> env, int joint) =>
        FreeBodyPhases<T, TWork, TConst, TIndex>.MakeBlocks(env, joint);

    [MethodImpl(Apart)]
    private static void AddBias(in Env<T, TWork, TConst, TIndex> env, int joint) =>
        FreeBodyPhases<T, TWork, TConst, TIndex>.AddBias(env, joint);

    [MethodImpl(Apart)]
    private static void SolveSystem(in Env<T, TWork, TConst, TIndex> env, int joint) =>
        FreeBodyPhases<T, TWork, TConst, TIndex>.Solve(env, joint);

    [MethodImpl(Apart)]
    private static void AdvanceActivations(in Env<T, TWork, TConst, TIndex> env, int rate) =>
        IntegrationPhases<T, TWork, TConst, TIndex>.AdvanceActivations(env, rate);

    [MethodImpl(Apart)]
    private static void Advance(in Env<T, TWork, TConst, TIndex> env, int rate, int moving) =>
        IntegrationPhases<T, TWork, TConst, TIndex>.Advance(env, rate, moving);

    [MethodImpl(Apart)]
    private static void KeepWarmstart(in Env<T, TWork, TConst, TIndex> env) =>
        IntegrationPhases<T, TWork, TConst, TIndex>.KeepWarmstart(env);

    [MethodImpl(Apart)]
    private static void Restore(in Env<T, TWork, TConst, TIndex> env) =>
        StagePhases<T, TWork, TConst, TIndex>.Restore(env);
}
