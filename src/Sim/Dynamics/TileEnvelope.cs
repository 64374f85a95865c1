using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics;

/// <summary>
/// An envelope in integers of the tile: the tree's, widened where contacts couple.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
/// <typeparam name="TWork">Where the workspace lives.</typeparam>
internal readonly struct TileEnvelope<T, TWork>(TWork work, int first) : IEnvelope
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
{
    private readonly TWork _work = work;
    private readonly int _first = first;

    public int Last(int column) => _work.GetIndex(_first + column);
}
