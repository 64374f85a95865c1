namespace HilRig.Sim.Dynamics;

/// <summary>
/// What a body's frame starts from before its joints move it. Frames are relative to the point of
/// the body's tree.
/// </summary>
internal enum BodyPlacement
{
    /// <summary>Its parent's frame.</summary>
    InParent,

    /// <summary>
    /// It begins a tree that moves: where the model has it is the point of the tree.
    /// </summary>
    TreeRoot,

    /// <summary>It begins a tree that never moves: the point of the tree is the world's.</summary>
    StaticRoot,

    /// <summary>It has a free joint: its own origin is the point of the tree.</summary>
    FreeRoot,
}
