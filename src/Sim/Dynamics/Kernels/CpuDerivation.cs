using System.Runtime.CompilerServices;
using HilRig.Sim.Dynamics.Kernels.Collision;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>The order in which derived constants follow from primary ones.</summary>
internal static class CpuDerivation<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const MethodImplOptions Apart = MethodImplOptions.NoInlining;

    /// <summary>All of them. The state stays; the rest of the workspace does not.</summary>
    public static void DeriveAll(in Env<T, TWork, TConst, TIndex> env)
    {
        GoToReference(env);
        PrepareHinges(env);
        JointRotations(env);
        BodyFrames(env);
        BallAxes(env);
        BodyInertias(env);
        GatherInertias(env);
        MassMatrix(env);
        AddTendonArmature(env);
        MeanInertia(env);
        Factor(env);
        WeighDofs(env);
        WeighBodies(env);
        WeighTendons(env);
        ComeBack(env);
        DeriveSoftness(env);
    }

    /// <summary>
    /// Those that the time step or a softness changes. The workspace stays as it is.
    /// </summary>
    public static void DeriveSoftness(in Env<T, TWork, TConst, TIndex> env)
    {
        Activations(env);
        Pairs(env);
        Rows(env);
    }

    [MethodImpl(Apart)]
    private static void GoToReference(in Env<T, TWork, TConst, TIndex> env) =>
        WeightPhases<T, TWork, TConst, TIndex>.GoToReference(env);

    [MethodImpl(Apart)]
    private static void PrepareHinges(in Env<T, TWork, TConst, TIndex> env) =>
        HingePhases<T, TWork, TConst, TIndex>.Derive(env);

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
    private static void GatherInertias(in Env<T, TWork, TConst, TIndex> env) =>
        WeightPhases<T, TWork, TConst, TIndex>.GatherInertias(env);

    [MethodImpl(Apart)]
    private static void MassMatrix(in Env<T, TWork, TConst, TIndex> env) =>
        RigidBodyPhases<T, TWork, TConst, TIndex>.MassMatrix(env);

    [MethodImpl(Apart)]
    private static void AddTendonArmature(in Env<T, TWork, TConst, TIndex> env) =>
        TendonPhases<T, TWork, TConst, TIndex>.AddArmature(env);

    [MethodImpl(Apart)]
    private static void MeanInertia(in Env<T, TWork, TConst, TIndex> env) =>
        WeightPhases<T, TWork, TConst, TIndex>.MeanInertia(env);

    [MethodImpl(Apart)]
    private static void Factor(in Env<T, TWork, TConst, TIndex> env) =>
        FactorPhases<T, TWork, TConst, TIndex>.Factor(
            env, FactorPhases<T, TWork, TConst, TIndex>.Tree(env), env.At.MassMatrix);

    [MethodImpl(Apart)]
    private static void WeighDofs(in Env<T, TWork, TConst, TIndex> env) =>
        WeightPhases<T, TWork, TConst, TIndex>.Dofs(env);

    [MethodImpl(Apart)]
    private static void WeighBodies(in Env<T, TWork, TConst, TIndex> env) =>
        WeightPhases<T, TWork, TConst, TIndex>.Bodies(env);

    [MethodImpl(Apart)]
    private static void WeighTendons(in Env<T, TWork, TConst, TIndex> env) =>
        WeightPhases<T, TWork, TConst, TIndex>.Tendons(env);

    [MethodImpl(Apart)]
    private static void ComeBack(in Env<T, TWork, TConst, TIndex> env) =>
        WeightPhases<T, TWork, TConst, TIndex>.ComeBack(env);

    [MethodImpl(Apart)]
    private static void Activations(in Env<T, TWork, TConst, TIndex> env) =>
        ActivationPhases<T, TWork, TConst, TIndex>.Derive(env);

    [MethodImpl(Apart)]
    private static void Pairs(in Env<T, TWork, TConst, TIndex> env) =>
        PairPhases<T, TWork, TConst, TIndex>.Derive(env);

    [MethodImpl(Apart)]
    private static void Rows(in Env<T, TWork, TConst, TIndex> env) =>
        ConstraintDerivePhases<T, TWork, TConst, TIndex>.Derive(env);
}
