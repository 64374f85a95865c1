using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>The order in which forces that are not constraints come together.</summary>
internal static class CpuForces<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const MethodImplOptions Apart = MethodImplOptions.NoInlining;

    /// <summary>The smooth force and what it is made of.</summary>
    public static void Compute(in Env<T, TWork, TConst, TIndex> env)
    {
        if (env.At.Tendons.Count > 0)
        {
            Lengths(env);
            if (env.Topology.Get(TopologySlots.HasTendonArmature) != 0)
            {
                AddArmature(env);
            }
        }

        if (env.Topology.Get(TopologySlots.HasMoments) != 0)
        {
            JointMoments(env);
            if (env.Topology.Get(TopologySlots.HasSites) != 0)
            {
                SiteMoments(env);
            }

            Velocities(env);
        }

        ActuatorForces(env);
        if (env.Topology.Get(TopologySlots.HasTendonForceRange) != 0)
        {
            KeepTendonRanges(env);
        }

        JointForces(env);
        SmoothForce(env);
        if (env.Topology.Get(TopologySlots.HasRareForces) != 0)
        {
            AddRareForces(env);
        }

        if (env.At.Tendons.Count > 0)
        {
            AddTendonForces(env);
        }
    }

    [MethodImpl(Apart)]
    private static void Lengths(in Env<T, TWork, TConst, TIndex> env) =>
        TendonPhases<T, TWork, TConst, TIndex>.Lengths(env);

    [MethodImpl(Apart)]
    private static void AddArmature(in Env<T, TWork, TConst, TIndex> env) =>
        TendonPhases<T, TWork, TConst, TIndex>.AddArmature(env);

    [MethodImpl(Apart)]
    private static void JointMoments(in Env<T, TWork, TConst, TIndex> env) =>
        MomentPhases<T, TWork, TConst, TIndex>.JointMoments(env);

    [MethodImpl(Apart)]
    private static void SiteMoments(in Env<T, TWork, TConst, TIndex> env) =>
        MomentPhases<T, TWork, TConst, TIndex>.SiteMoments(env);

    [MethodImpl(Apart)]
    private static void Velocities(in Env<T, TWork, TConst, TIndex> env) =>
        MomentPhases<T, TWork, TConst, TIndex>.Velocities(env);

    [MethodImpl(Apart)]
    private static void ActuatorForces(in Env<T, TWork, TConst, TIndex> env) =>
        ForcePhases<T, TWork, TConst, TIndex>.ActuatorForces(env);

    [MethodImpl(Apart)]
    private static void KeepTendonRanges(in Env<T, TWork, TConst, TIndex> env) =>
        ForcePhases<T, TWork, TConst, TIndex>.KeepTendonRanges(env);

    [MethodImpl(Apart)]
    private static void JointForces(in Env<T, TWork, TConst, TIndex> env) =>
        ForcePhases<T, TWork, TConst, TIndex>.JointForces(env);

    [MethodImpl(Apart)]
    private static void SmoothForce(in Env<T, TWork, TConst, TIndex> env) =>
        ForcePhases<T, TWork, TConst, TIndex>.SmoothForce(env);

    [MethodImpl(Apart)]
    private static void AddRareForces(in Env<T, TWork, TConst, TIndex> env) =>
        ForcePhases<T, TWork, TConst, TIndex>.AddRareForces(env);

    [MethodImpl(Apart)]
    private static void AddTendonForces(in Env<T, TWork, TConst, TIndex> env) =>
        TendonPhases<T, TWork, TConst, TIndex>.AddForces(env);
}
