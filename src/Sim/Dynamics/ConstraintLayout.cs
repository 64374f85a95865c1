using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>
/// Where constraint rows, contact blocks and the solver of one env lie. Rows of single dofs
/// (friction loss, limits) are in <see cref="Layout"/>; all others are blocks: first those that the
/// model always has, then one for each contact of the tile.
/// </summary>
internal readonly struct ConstraintLayout
{
    public readonly int ModelBlockCount; // blocks that the model always has
    public readonly int BlockMax;

    // Workspace.
    public readonly int ModelNumbers; // blocks that the model always has
    public readonly int ContactNumbers; // blocks of contacts
    public readonly int Moved; // [1] rows that changed their piece at the last evaluation
    public readonly int Curved; // [1] rows on the curved part of a cone
    public readonly int StartSlope; // [1] of the cost along the direction, where it begins
    public readonly int MassSlope; // [1] part of it that no row makes
    public readonly int MassCurvature; // [1]
    public readonly int Slope; // [1]
    public readonly int SlopeCurvature; // [1]
    public readonly int Searching; // [1] 1 while the line search goes on
    public readonly int Going; // [1] 1 in the lanes that this step does not finish
    public readonly int Doubt; // [1] steps so far: what counts as rounding grows with it
    public readonly int Length; // [1] of the step along the direction
    public readonly int Low; // [1] bracket of the length
    public readonly int High; // [1]
    public readonly int LastSlope; // [1]

    // Integers of the tile.
    public readonly int BlockCount; // [1]
    public readonly int Blocks; // [block, TileStride]

    // Constants and integers of the model.
    public readonly int Constants;
    public readonly int Coefficients; // lists of the blocks of joints
    public readonly int Topology; // [model block, IndexStride]
    public readonly int TopologyOptions; // [2] cone, warm start
    public readonly int TopologyPairs; // [pair, 2] list of dofs
    public readonly int DofLists;

    public ConstraintLayout(Model model, in ContactLayout contacts, SlotCounter slots)
    {
        IReadOnlyList<ModelBlock> blocks = ModelBlock.Of(model);
        PairDofs pairs = new(model);
        ModelBlockCount = blocks.Count;
        BlockMax = blocks.Count + contacts.ContactMax;

        ModelNumbers = slots.Work(
            blocks.Sum(block => Block.Size(block.Dimension, block.List.Dofs.Length)));
        ContactNumbers = slots.Work(contacts.ContactMax * pairs.SizeMax);
        Moved = slots.Work(1);
        Curved = slots.Work(1);
        StartSlope = slots.Work(1);
        MassSlope = slots.Work(1);
        MassCurvature = slots.Work(1);
        Slope = slots.Work(1);
        SlopeCurvature = slots.Work(1);
        Searching = slots.Work(1);
        Going = slots.Work(1);
        Doubt = slots.Work(1);
        Length = slots.Work(1);
        Low = slots.Work(1);
        High = slots.Work(1);
        LastSlope = slots.Work(1);

        BlockCount = slots.Index(1);
        Blocks = slots.Index(BlockSlots.TileStride * BlockMax);

        Constants = slots.Constant(
            BlockSlots.FirstBlock + (BlockSlots.ConstantStride * blocks.Count));
        Coefficients = slots.Constant(2 * blocks.Sum(block => block.List.Dofs.Length));
        Topology = slots.Topology(BlockSlots.IndexStride * blocks.Count);
        TopologyOptions = slots.Topology(2);
        TopologyPairs = slots.Topology(BlockSlots.PairStride * contacts.PairCount);
        DofLists = slots.Topology(
            (2 * blocks.Sum(block => block.List.Dofs.Length)) + pairs.IntegerCount);
    }

    /// <summary>Slot of a constant of a block that the model always has.</summary>
    public int OfBlock(int block, int slot) =>
        Constants + BlockSlots.FirstBlock + (BlockSlots.ConstantStride * block) + slot;

    /// <summary>Slot of an integer of a block that the model always has.</summary>
    public int IndexOfBlock(int block, int slot) =>
        Topology + (BlockSlots.IndexStride * block) + slot;
}
