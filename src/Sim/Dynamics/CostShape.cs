namespace HilRig.Sim.Dynamics;

/// <summary>
/// How a block of constraint rows costs, of its residual y = J a - aref (MuJoCo, Computation
/// chapter, "Primal"; D is the weight of a row).
/// </summary>
internal enum CostShape
{
    /// <summary>½ D y²: equality.</summary>
    Quadratic,

    /// <summary>½ D y² while |D y| is below the friction loss, linear beyond.</summary>
    Huber,

    /// <summary>½ D y² for y below 0: limit, or contact without friction.</summary>
    OneSided,

    /// <summary>One-sided on each edge y₀ ± μ y of a friction pyramid.</summary>
    Pyramid,

    /// <summary>Distance to the friction cone.</summary>
    Cone,
}
