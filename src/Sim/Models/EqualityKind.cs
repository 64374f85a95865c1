namespace HilRig.Sim.Models;

/// <summary>What an equality holds together.</summary>
public enum EqualityKind
{
    /// <summary>A point of two bodies: 3 rows.</summary>
    Connect,

    /// <summary>The frames of two bodies: 6 rows.</summary>
    Weld,

    /// <summary>A joint to a polynomial of another: 1 row.</summary>
    Joint,

    /// <summary>A tendon to a polynomial of another: 1 row.</summary>
    Tendon,
}
