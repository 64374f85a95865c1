namespace HilRig.Sim.Dynamics;

/// <summary>
/// Offsets of the constants and integers of a block of constraint rows. A block is a few rows that
/// share a list of dofs: an equality, a limit or friction of a tendon, a contact.
/// </summary>
internal static class BlockSlots
{
    // Numbers of the whole solve.
    public const int ImpedanceRatio = 0; // of friction to normal rows of a contact
    public const int InverseRootRatio = 1; // 1/√ImpedanceRatio; derived
    public const int FirstBlock = 2;

    // Constants of a block that the model always has: primary.
    public const int SoftReference = 0; // [2] solref
    public const int SoftImpedance = 2; // [5] solimp
    public const int Enabled = 7; // 1 or 0
    public const int First = 8; // meaning by source, as follows

    // Connect and weld.
    public const int FirstAnchor = 8; // [3] m, in the first body's frame
    public const int SecondAnchor = 11; // [3] m, in the second body's frame
    public const int Relative = 14; // [9] rotation from the second body's axes to the first's
    public const int TorqueScale = 23; // m

    // Coupling.
    public const int Polynomial = 8; // [5]
    public const int FirstReference = 13;
    public const int SecondReference = 14;

    // Limit.
    public const int Bound = 8;
    public const int Margin = 9;

    // Friction.
    public const int Loss = 8;

    // Derived.
    public const int InverseWeight = 24; // of rows; of a weld of its first three
    public const int InverseRotation = 25; // of the last three rows of a weld
    public const int Stiffness = 26; // K, 1/s²
    public const int Damping = 27; // B, 1/s
    public const int Impedance = 28; // [7], offsets as in ImpedanceSlots
    public const int ConstantStride = 35;

    // Integers of a block that the model always has.
    public const int Source = 0; // a BlockSource
    public const int Dimension = 1;
    public const int Dofs = 2; // topology slot of its list of dofs, followed by their sides
    public const int DofCount = 3;
    public const int FirstItem = 4; // body, or dof of a joint, or tendon
    public const int SecondItem = 5; // or -1
    public const int Coefficients = 6; // constant slot of [dof] of the first, [dof] of the second
    public const int HasSquareImpedance = 7; // power 2, the default: no Pow needed
    public const int Shape = 8; // a CostShape
    public const int IndexStride = 9;

    // Integers of a pair of geoms.
    public const int PairDofs = 0;
    public const int PairDofCount = 1;
    public const int PairStride = 2;

    // Which bodies of a block a dof moves.
    public const int FirstSide = 1;
    public const int SecondSide = 2;
    public const int BothSides = 3;

    // Integers of the tile for each block of the step.
    public const int TileShape = 0; // a CostShape
    public const int TileDimension = 1;
    public const int TileStart = 2; // first of its numbers
    public const int TileDofs = 3;
    public const int TileDofCount = 4;
    public const int TileParameters = 5; // constant slot: friction of a contact, or friction loss
    public const int TileStride = 6;
}
