using HilRig.Sim.Dynamics;
using HilRig.Sim.Models;
using EnvMemory =
    HilRig.Sim.Dynamics.Env<
        HilRig.Sim.Scalars.F64,
        HilRig.Sim.Memory.PointerWorkMem<HilRig.Sim.Scalars.F64>,
        HilRig.Sim.Memory.PointerMem<HilRig.Sim.Scalars.F64>,
        HilRig.Sim.Memory.PointerIndexMem>;

namespace HilRig.Sim.Tests.Parity;

/// <summary>Contacts of the last call as MuJoCo would list them.</summary>
internal static class SubjectContacts
{
    public static ParityContact[] Read(Simulation simulation)
    {
        EnvMemory memory = simulation.Memory;
        int count = memory.Work.GetIndex(memory.At.Contacts.ContactCount);
        return [.. Enumerable.Range(0, count).Select(i => One(simulation, memory, i))];
    }

    private static ParityContact One(Simulation simulation, EnvMemory memory, int contact)
    {
        Model model = simulation.Model;
        ContactLayout at = memory.At.Contacts;
        int index = memory.Work.GetIndex(at.ContactPair + contact);
        int numbers = at.OfContact(contact, 0);
        int first = memory.Topology.Get(at.IndexOfPair(index, ContactSlots.PairFirst));
        int constants = at.OfPair(index, 0);
        double[] place = simulation.Work.Slice(numbers + ContactSlots.PositionFirst, 3).ToArray();
        int root = model.Bodies[model.Geoms[first].Body].Root;
        double[] tree = simulation.Work.Slice(memory.At.TreePoint + (3 * root), 3).ToArray();
        double[] Constants(int slot, int count) =>
            simulation.Constants.Slice(constants + slot, count).ToArray();
        return new ParityContact
        {
            FirstGeom = first,
            SecondGeom = memory.Topology.Get(at.IndexOfPair(index, ContactSlots.PairSecond)),
            Dimension = memory.Topology.Get(at.IndexOfPair(index, ContactSlots.PairDimension)),
            Distance = simulation.Work[numbers + ContactSlots.Distance],
            Margin = simulation.Constants[constants + ContactSlots.PairMargin],
            ConeFriction = double.NaN,
            Position = [.. place.Zip(tree, (a, b) => a + b)],
            Frame = simulation.Work.Slice(numbers + ContactSlots.Frame, 9).ToArray(),
            Friction = Constants(ContactSlots.PairFriction, 5),
            Reference = Constants(ContactSlots.PairReference, 2),
            Impedance = Constants(ContactSlots.PairImpedance, 5),
        };
    }
}
