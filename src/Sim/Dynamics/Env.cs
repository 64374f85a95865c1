using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics;

/// <summary>
/// One env, or one tile of envs: where its numbers live and how they are laid out.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
/// <typeparam name="TWork">Where state and workspace live.</typeparam>
/// <typeparam name="TConst">Where model constants live; shared or per env.</typeparam>
/// <typeparam name="TIndex">Where the model's integers live.</typeparam>
internal readonly struct Env<T, TWork, TConst, TIndex>(
    TWork work, TConst constants, TIndex topology, Layout layout)
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    public readonly TWork Work = work;
    public readonly TConst Constants = constants;
    public readonly TIndex Topology = topology;
    public readonly Layout At = layout;
}
