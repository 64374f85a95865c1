namespace HilRig.Harness.Episodes.Operators;

/// <summary>How good a simulated operator is.</summary>
public sealed record SimulatedOperatorOptions
{
    /// <summary>Seed of all that she does.</summary>
    public ulong Seed { get; init; }

    /// <summary>Her name in episodes.</summary>
    public string Name { get; init; } = "simulated";

    /// <summary>Median time to set a scene, s. Default 8.</summary>
    public double ResetSecondsMedian { get; init; } = 8;

    /// <summary>Spread of that time: σ of its logarithm. Default 0.4.</summary>
    public double ResetSpread { get; init; } = 0.4;

    /// <summary>Median time to judge an episode, s. Default 1.</summary>
    public double VerdictSecondsMedian { get; init; } = 1;

    /// <summary>Probability that she judges wrongly. Default 0.</summary>
    public double WrongVerdictRate { get; init; }

    /// <summary>Whether she judges every episode herself, rule or not. Default false.</summary>
    public bool JudgesAll { get; init; }

    /// <summary>Probability that she confirms without having set the scene. Default 0.</summary>
    public double MissedResetRate { get; init; }

    /// <summary>Probability that an object lies where it should not. Default 0.</summary>
    public double WrongPlacementRate { get; init; }

    /// <summary>How far off it lies then, rad or m. Default 0.05.</summary>
    public double WrongPlacementDistance { get; init; } = 0.05;

    /// <summary>Probability that she confirms, or judges, twice. Default 0.</summary>
    public double TwiceRate { get; init; }

    /// <summary>Probability that she leaves a start out. Default 0.</summary>
    public double SkipRate { get; init; }

    /// <summary>Median time to look at a rig that has stopped, s. Default 5.</summary>
    public double RearmSecondsMedian { get; init; } = 5;

    /// <summary>Probability that she finds a rig that has stopped broken. Default 0.</summary>
    public double BrokenRigRate { get; init; }

    /// <summary>Episodes after which she walks away and answers no more. Default never.</summary>
    public int WalksAwayAfter { get; init; } = int.MaxValue;
}
