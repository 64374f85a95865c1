using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>Where geoms, pairs of geoms and contacts of one env lie.</summary>
internal readonly struct ContactLayout
{
    public readonly int GeomCount;

    public ContactLayout(Model model, SlotCounter slots)
    {
        GeomCount = model.Geoms.Count;
        _ = slots;
    }
}
