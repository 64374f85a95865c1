namespace HilRig.Sim.Dynamics;

/// <summary>What a block of constraint rows that a model always has comes from.</summary>
internal enum BlockSource
{
    /// <summary>A point of two bodies.</summary>
    Connect,

    /// <summary>The frames of two bodies.</summary>
    Weld,

    /// <summary>A joint that follows a polynomial of another.</summary>
    JointCoupling,

    /// <summary>A tendon that follows a polynomial of another.</summary>
    TendonCoupling,

    /// <summary>Coulomb friction of a tendon.</summary>
    TendonFriction,

    /// <summary>Shortest length of a tendon.</summary>
    TendonLower,

    /// <summary>Longest length of a tendon.</summary>
    TendonUpper,

    /// <summary>Largest angle of a ball joint.</summary>
    BallLimit,
}
