using HilRig.Sim.Dynamics;
using HilRig.Sim.Dynamics.Kernels;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;
using HilRig.Sim.Spatial;

namespace HilRig.Sim;

/// <summary>Reads the contacts of an env out of its memory.</summary>
internal static class ContactReader
{
    private const int ForceCount = 6;

    /// <summary>Contacts of the last call, in the order of the tile's list.</summary>
    public static IReadOnlyList<SimulatedContact> Read(Simulation simulation)
    {
        Env<F64, PointerWorkMem<F64>, PointerMem<F64>, PointerIndexMem> memory =
            simulation.Memory;
        int count = memory.Work.GetIndex(memory.At.Contacts.ContactCount);
        return [.. Enumerable.Range(0, count).Select(index => One(simulation, memory, index))];
    }

    private static SimulatedContact One(
        Simulation simulation,
        in Env<F64, PointerWorkMem<F64>, PointerMem<F64>, PointerIndexMem> memory,
        int index)
    {
        ContactLayout at = memory.At.Contacts;
        int pair = memory.Work.GetIndex(at.ContactPair + index);
        int numbers = at.OfContact(index, 0);
        int first = memory.Topology.Get(at.IndexOfPair(pair, ContactSlots.PairFirst));
        int body = simulation.Model.Geoms[first].Body;
        int root = memory.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyRoot));
        Vector3 tree = Vector(simulation, memory.At.TreePoint + (3 * root));
        Block block = BlockPhases<
            F64, PointerWorkMem<F64>, PointerMem<F64>, PointerIndexMem>.Read(
                memory, memory.At.Constraints.ModelBlockCount + index);
        var force = new double[ForceCount];
        if (simulation.Work[block.Weight] > 0)
        {
            simulation.Work.Slice(block.Force, block.Dimension).CopyTo(force);
        }

        return new(
            first,
            memory.Topology.Get(at.IndexOfPair(pair, ContactSlots.PairSecond)),
            block.Dimension,
            simulation.Work[numbers + ContactSlots.Distance],
            tree + Vector(simulation, numbers + ContactSlots.PositionFirst),
            Vector(simulation, numbers + ContactSlots.Frame),
            Vector(simulation, numbers + ContactSlots.Frame + 3),
            Vector(simulation, numbers + ContactSlots.Frame + 6),
            force);
    }

    private static Vector3 Vector(Simulation simulation, int slot) => new(
        simulation.Work[slot], simulation.Work[slot + 1], simulation.Work[slot + 2]);
}
