using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>Where sites lie. Their poses are computed where they are used.</summary>
internal readonly struct SiteLayout
{
    public readonly int Count;
    public readonly int Constants;
    public readonly int Bodies; // [site] integers
    public readonly int Kinds; // [site] integers: GeomKind

    public SiteLayout(Model model, SlotCounter slots)
    {
        Count = model.Sites.Count;
        Constants = slots.Constant(ConstantSlots.SiteStride * Count);
        Bodies = slots.Topology(Count);
        Kinds = slots.Topology(Count);
    }

    /// <summary>Slot of a constant of a site.</summary>
    public int Of(int site, int slot) => Constants + (ConstantSlots.SiteStride * site) + slot;
}
