using System.Runtime.CompilerServices;
using HilRig.Sim.Dynamics.Kernels.Collision;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The order of a step, and one boundary a phase: the JIT compiles each phase alone, so that it can
/// inline the phase whole. A device kernel calls the phases directly instead.
/// </summary>
internal static class CpuDynamics<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const MethodImplOptions Apart = MethodImplOptions.NoInlining;

    /// <summary>
    /// All derived constants from the primary ones. Not part of a step; the state stays, the rest
    /// of the workspace does not.
    /// </summary>
    public static void Derive(in Env<T, TWork, TConst, TIndex> env) =>
        CpuDerivation<T, TWork, TConst, TIndex>.DeriveAll(env);

    /// <summary>Everything up to the constrained acceleration; the state stays.</summary>
    public static void Forward(in Env<T, TWork, TConst, TIndex> env)
    {
        Accelerate(env);
        if (env.At.Sensors.Count > 0)
        {
            CpuSensors<T, TWork, TConst, TIndex>.Sense(env);
        }

        CheckFinite(env);
    }

    /// <summary>One step of the model's time step.</summary>
    public static void Step(in Env<T, TWork, TConst, TIndex> env)
    {
        if (env.Topology.Get(TopologySlots.Integration) == (int)IntegrationRule.RungeKutta)
        {
            Accelerate(env);
            GoThroughStages(env);
            CheckFinite(env);
        }
        else
        {
            Smooth(env);
            Finish(env);
        }
    }

    /// <summary>
    /// The step of an env whose Warmstart already is its constrained acceleration. One full Newton
    /// step from there changes nothing but rounding, and gives derivatives the implicit function
    /// theorem's values. Not for Runge-Kutta, which has a solution at each of its stages.
    /// </summary>
    public static void StepFromSolution(in Env<T, TWork, TConst, TIndex> env)
    {
        Prepare(env);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            env.Work.Set(env.At.Acceleration + dof, env.Work.Get(env.At.Warmstart + dof));
        }

        CpuSolver<T, TWork, TConst, TIndex>.FullStep(env);
        CpuIntegration<T, TWork, TConst, TIndex>.Integrate(env);
        CheckFinite(env);
    }

    /// <summary>
    /// Everything that does not depend on constraints: frames, inertias, forces and the
    /// acceleration they give. Straight-line for a model, so a plan can stand for it.
    /// </summary>
    public static void Smooth(in Env<T, TWork, TConst, TIndex> env)
    {
        JointRotations(env);
        BodyFrames(env);
        if (env.Topology.Get(TopologySlots.HasBalls) != 0)
        {
            BallAxes(env);
        }

        BodyInertias(env);
        BodyMotions(env);
        BodyForces(env);
        if (env.Topology.Get(TopologySlots.HasGravityCompensation) != 0)
        {
            Compensate(env);
        }

        Gather(env);
        MassMatrix(env);
        CpuForces<T, TWork, TConst, TIndex>.Compute(env);
        if (env.Topology.Get(TopologySlots.HasTwinFactor) != 0)
        {
            ShiftDiagonal(env);
            FactorTwins(env);
            SolveTwins(env);
        }
        else
        {
            SmoothAcceleration(env);
        }
    }

    /// <summary>
    /// The rest of a step after <see cref="Smooth"/>; not for Runge-Kutta, which has stages.
    /// </summary>
    public static void Finish(in Env<T, TWork, TConst, TIndex> env)
    {
        Constrain(env);
        CpuSolver<T, TWork, TConst, TIndex>.Solve(env);
        CpuIntegration<T, TWork, TConst, TIndex>.Integrate(env);
        CheckFinite(env);
    }

    /// <summary>Sets Corrupt where a position, velocity or acceleration is not finite.</summary>
    [MethodImpl(Apart)]
    public static void CheckFinite(in Env<T, TWork, TConst, TIndex> env) =>
        IntegrationPhases<T, TWork, TConst, TIndex>.CheckFinite(env);

    private static void Accelerate(in Env<T, TWork, TConst, TIndex> env)
    {
        Prepare(env);
        CpuSolver<T, TWork, TConst, TIndex>.Solve(env);
    }

    // Everything before the constraint solve.
    private static void Prepare(in Env<T, TWork, TConst, TIndex> env)
    {
        Smooth(env);
        Constrain(env);
    }

    private static void Constrain(in Env<T, TWork, TConst, TIndex> env)
    {
        CpuCollision<T, TWork, TConst, TIndex>.Collide(env);
        CpuSolver<T, TWork, TConst, TIndex>.MakeRows(env);
    }

    private static void GoThroughStages(in Env<T, TWork, TConst, TIndex> env)
    {
        BeginStages(env);
        for (int stage = 1; stage < StagePhases<T, TWork, TConst, TIndex>.Count; stage++)
        {
            EnterStage(env, stage);
            Accelerate(env);
            LeaveStage(env, stage);
        }

        CpuIntegration<T, TWork, TConst, TIndex>.EndStages(env);
    }

    [MethodImpl(Apart)]
    private static void JointRotations(in Env<T, TWork, TConst, TIndex> env) =>
        KinematicPhases<T, TWork, TConst, TIndex>.JointRotations(env);

    [MethodImpl(Apart)]
    private static void BodyFrames(in Env<T, TWork, TConst, TIndex> env) =>
        KinematicPhases<T, TWork, TConst, TIndex>.BodyFrames(env);

    [MethodImpl(Apart)]
    private static void BallAxes(in Env<T, TWork, TConst, TIndex> env) =>
        BallAxisPhases<T, TWork, TConst, TIndex>.BallAxes(env);

    [MethodImpl(Apart)]
    private static void BodyInertias(in Env<T, TWork, TConst, TIndex> env) =>
        InertiaPhases<T, TWork, TConst, TIndex>.BodyInertias(env);

    [MethodImpl(Apart)]
    private static void BodyMotions(in Env<T, TWork, TConst, TIndex> env) =>
        RigidBodyPhases<T, TWork, TConst, TIndex>.BodyMotions(env);

    [MethodImpl(Apart)]
    private static void BodyForces(in Env<T, TWork, TConst, TIndex> env) =>
        BodyForcePhases<T, TWork, TConst, TIndex>.BodyForces(env);

    [MethodImpl(Apart)]
    private static void Gather(in Env<T, TWork, TConst, TIndex> env) =>
        RigidBodyPhases<T, TWork, TConst, TIndex>.Gather(env);

    [MethodImpl(Apart)]
    private static void MassMatrix(in Env<T, TWork, TConst, TIndex> env) =>
        RigidBodyPhases<T, TWork, TConst, TIndex>.MassMatrix(env);

    [MethodImpl(Apart)]
    private static void ShiftDiagonal(in Env<T, TWork, TConst, TIndex> env)
    {
        IntegrationPhases<T, TWork, TConst, TIndex>.DampDiagonal(env, env.At.ImplicitShift);
        if (env.Topology.Get(TopologySlots.Integration) == (int)IntegrationRule.ImplicitFast)
        {
            IntegrationPhases<T, TWork, TConst, TIndex>.AddDriveDerivatives(
                env, env.At.ImplicitShift);
        }
    }

    [MethodImpl(Apart)]
    private static void FactorTwins(in Env<T, TWork, TConst, TIndex> env) =>
        TwinFactorPhases<T, TWork, TConst, TIndex>.Factor(env);

    [MethodImpl(Apart)]
    private static void SolveTwins(in Env<T, TWork, TConst, TIndex> env) =>
        TwinFactorPhases<T, TWork, TConst, TIndex>.Solve(env);

    [MethodImpl(Apart)]
    private static void SmoothAcceleration(in Env<T, TWork, TConst, TIndex> env) =>
        NewtonPhases<T, TWork, TConst, TIndex>.SmoothAcceleration(env);

    [MethodImpl(Apart)]
    private static void Compensate(in Env<T, TWork, TConst, TIndex> env) =>
        GravityPhases<T, TWork, TConst, TIndex>.Compensate(env);

    [MethodImpl(Apart)]
    private static void BeginStages(in Env<T, TWork, TConst, TIndex> env) =>
        StagePhases<T, TWork, TConst, TIndex>.Begin(env);

    [MethodImpl(Apart)]
    private static void EnterStage(in Env<T, TWork, TConst, TIndex> env, int stage) =>
        StagePhases<T, TWork, TConst, TIndex>.Enter(env, stage);

    [MethodImpl(Apart)]
    private static void LeaveStage(in Env<T, TWork, TConst, TIndex> env, int stage) =>
        StagePhases<T, TWork, TConst, TIndex>.Leave(env, stage);
}
