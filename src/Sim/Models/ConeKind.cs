namespace HilRig.Sim.Models;

/// <summary>Shape of the friction cone.</summary>
public enum ConeKind
{
    /// <summary>2 (dim - 1) edges.</summary>
    Pyramidal,

    /// <summary>The cone itself.</summary>
    Elliptic,
}
