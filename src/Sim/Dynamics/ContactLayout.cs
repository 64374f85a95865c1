using HilRig.Sim.Contacts;
using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>
/// Where geoms, pairs of geoms and contacts of one env lie. A tile keeps one list of contacts:
/// those
/// that any of its lanes has. Contact c belongs to the pair that the tile's integer ContactPair + c
/// names; its numbers are at <see cref="OfContact"/>.
/// </summary>
internal readonly struct ContactLayout
{
    /// <summary>
    /// Contacts of a tile when the model does not say and its pairs can make more.
    /// </summary>
    public const int DefaultMax = 128;

    public readonly int Shapes; // a bit for each ShapePair that the model has
    public readonly int GeomCount;
    public readonly int PairCount;
    public readonly int ContactMax; // contacts that a tile can hold

    // Workspace.
    public readonly int GeomOrigin; // [geom, 3] m, world axes, from the geom's tree point
    public readonly int GeomRotation; // [geom, 9] geom to world
    public readonly int Contacts; // [contact, 16]
    public readonly int Overflow; // [1] contacts of the last step that found no room
    public readonly int Candidates; // [candidate, 7]
    public readonly int Scratch; // numbers of lane by lane algorithms

    // Integers of the tile.
    public readonly int ContactCount; // [1]
    public readonly int ContactPair; // [contact]
    public readonly int CandidateCount; // [1]
    public readonly int ScratchIndex;

    // Constants and integers of the model.
    public readonly int ConstantGeoms;
    public readonly int ConstantPairs;
    public readonly int TopologyGeoms;
    public readonly int TopologyPairs;
    public readonly int TopologyShapes; // [ShapePair.Count + 1] first pair of each algorithm
    public readonly int TopologyOptions; // [1] 1 when solref is held at two steps or more
    public readonly int TopologyAssets; // of meshes and height fields
    public readonly int Assets; // their numbers, which all envs share

    public ContactLayout(Model model, SlotCounter slots)
    {
        IReadOnlyList<CollisionPair> pairs = new PairTable(model).Pairs;
        Shapes = pairs.Aggregate(0, (bits, pair) => bits | (1 << (int)pair.Shapes));
        GeomCount = model.Geoms.Count;
        PairCount = pairs.Count;
        int most = pairs.Sum(pair => pair.ContactMax);
        int wanted = model.Options.ContactMax > 0 ? model.Options.ContactMax : DefaultMax;
        ContactMax = Math.Min(most, wanted);

        GeomOrigin = slots.Work(3 * GeomCount);
        GeomRotation = slots.Work(9 * GeomCount);
        Contacts = slots.Work(ContactSlots.ContactStride * ContactMax);
        Overflow = slots.Work(1);
        ScratchNeed need = ScratchNeed.Of(pairs);
        Candidates = slots.Work(ContactSlots.CandidateStride * need.Candidates);
        Scratch = slots.Work(need.Numbers);

        ContactCount = slots.Index(1);
        ContactPair = slots.Index(ContactMax);
        CandidateCount = slots.Index(1);
        ScratchIndex = slots.Index(need.Integers);

        ConstantGeoms = slots.Constant(ContactSlots.GeomStride * GeomCount);
        ConstantPairs = slots.Constant(ContactSlots.PairStride * PairCount);
        TopologyGeoms = slots.Topology(ContactSlots.GeomIndexStride * GeomCount);
        TopologyPairs = slots.Topology(ContactSlots.PairIndexStride * PairCount);
        TopologyShapes = slots.Topology((int)ShapePair.Count + 1);
        TopologyOptions = slots.Topology(1);
        var assets = new AssetTable(model, pairs);
        TopologyAssets = slots.Topology(assets.Integers.Count);
        Assets = slots.Asset(assets.Numbers.Count);
    }

    /// <summary>Slot of a number of a contact.</summary>
    public int OfContact(int contact, int slot) =>
        Contacts + (ContactSlots.ContactStride * contact) + slot;

    /// <summary>Slot of a constant of a geom.</summary>
    public int OfGeom(int geom, int slot) =>
        ConstantGeoms + (ContactSlots.GeomStride * geom) + slot;

    /// <summary>Slot of a constant of a pair.</summary>
    public int OfPair(int pair, int slot) =>
        ConstantPairs + (ContactSlots.PairStride * pair) + slot;

    /// <summary>Slot of an integer of a geom.</summary>
    public int IndexOfGeom(int geom, int slot) =>
        TopologyGeoms + (ContactSlots.GeomIndexStride * geom) + slot;

    /// <summary>Slot of an integer of a pair.</summary>
    public int IndexOfPair(int pair, int slot) =>
        TopologyPairs + (ContactSlots.PairIndexStride * pair) + slot;

    /// <summary>Slot of a number of a candidate.</summary>
    public int OfCandidate(int candidate, int slot) =>
        Candidates + (ContactSlots.CandidateStride * candidate) + slot;
}
