using HilRig.Sim.Memory;

namespace HilRig.Sim.Dynamics;

/// <summary>
/// The envelope of the mass matrix: each column reaches the last dof of its subtree.
/// </summary>
/// <typeparam name="TIndex">Where the model's integers live.</typeparam>
internal readonly struct TreeEnvelope<TIndex>(TIndex topology, int first) : IEnvelope
    where TIndex : struct, IIndexMem
{
    private readonly TIndex _topology = topology;
    private readonly int _first = first;

    public int Last(int column) => _topology.Get(_first + (TopologySlots.DofStride * column));
}
