using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// The order of collision, and one boundary a phase for the JIT, as in CpuDynamics. Each phase goes
/// through the pairs of its shapes.
/// </summary>
internal static class CpuCollision<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const MethodImplOptions Apart = MethodImplOptions.NoInlining;

    /// <summary>The list of contacts of the present body frames.</summary>
    public static void Collide(in Env<T, TWork, TConst, TIndex> env)
    {
        Place(env);
        if (env.At.Contacts.PairCount > 0)
        {
            Complete(env);
        }
    }

    [MethodImpl(Apart)]
    private static void Place(in Env<T, TWork, TConst, TIndex> env) =>
        GeomPhases<T, TWork, TConst, TIndex>.Place(env);

    [MethodImpl(Apart)]
    private static void Complete(in Env<T, TWork, TConst, TIndex> env) =>
        FramePhases<T, TWork, TConst, TIndex>.Complete(env);
}
