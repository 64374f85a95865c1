using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>Where constraint rows, contact blocks and the solver of one env lie.</summary>
internal readonly struct ConstraintLayout
{
    public readonly int EqualityCount;

    public ConstraintLayout(Model model, SlotCounter slots)
    {
        EqualityCount = model.Equalities.Count;
        _ = slots;
    }
}
