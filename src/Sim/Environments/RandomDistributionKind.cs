namespace HilRig.Sim.Environments;

/// <summary>Form of a distribution.</summary>
public enum RandomDistributionKind
{
    /// <summary>Least, largest.</summary>
    Uniform,

    /// <summary>Least, largest; uniform in the logarithm.</summary>
    LogUniform,

    /// <summary>Mean, standard deviation.</summary>
    Gaussian,

    /// <summary>One of the numbers.</summary>
    Choice,
}
