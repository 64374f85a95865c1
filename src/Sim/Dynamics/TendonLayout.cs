using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>Where fixed tendons lie: length = Σ coefficient · joint position.</summary>
internal readonly struct TendonLayout
{
    public readonly int Count;
    public readonly int Length; // [tendon]
    public readonly int Velocity; // [tendon]
    public readonly int ActuatorForce; // [tendon] of all its actuators
    public readonly int Constants;
    public readonly int Coefficients; // [term]
    public readonly int Topology;
    public readonly int Terms;

    public TendonLayout(Model model, SlotCounter slots)
    {
        Count = model.Tendons.Count;
        int terms = model.Tendons.Sum(tendon => tendon.Joints.Count);
        Length = slots.Work(Count);
        Velocity = slots.Work(Count);
        ActuatorForce = slots.Work(Count);
        Constants = slots.Constant(ConstantSlots.TendonStride * Count);
        Coefficients = slots.Constant(terms);
        Topology = slots.Topology(TopologySlots.TendonStride * Count);
        Terms = slots.Topology(TopologySlots.TermStride * terms);
    }

    /// <summary>Slot of a constant of a tendon.</summary>
    public int Of(int tendon, int slot) =>
        Constants + (ConstantSlots.TendonStride * tendon) + slot;

    /// <summary>Slot of an integer of a tendon.</summary>
    public int IndexOf(int tendon, int slot) =>
        Topology + (TopologySlots.TendonStride * tendon) + slot;

    /// <summary>Slot of an integer of a term: one joint of a tendon.</summary>
    public int IndexOfTerm(int term, int slot) =>
        Terms + (TopologySlots.TermStride * term) + slot;
}
