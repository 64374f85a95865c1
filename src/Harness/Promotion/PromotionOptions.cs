using HilRig.Core.Errors;

namespace HilRig.Harness.Promotion;

/// <summary>How sure a gate must be.</summary>
public sealed record PromotionOptions
{
    /// <summary>
    /// α: largest probability that a candidate which is no better is promoted, (0, 1). Default
    /// 0.05.
    /// </summary>
    public double FalsePromotionRate { get; init; } = 0.05;

    /// <summary>
    /// β: largest probability that the gate gives up early on a candidate that wins
    /// <see cref="WinShare"/>, (0, 1). Default 0.1.
    /// </summary>
    public double MissRate { get; init; } = 0.1;

    /// <summary>
    /// Share of the starts on which the two differ that a worthwhile candidate wins, (0.5, 1).
    /// Default 0.8.
    /// </summary>
    public double WinShare { get; init; } = 0.8;

    /// <summary>Pairs after which an undecided candidate is not promoted. Default 100.</summary>
    public int PairMax { get; init; } = 100;

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ScenarioException">One is out of range.</exception>
    public PromotionOptions Check()
    {
        Require(FalsePromotionRate is > 0 and < 1, nameof(FalsePromotionRate), "(0, 1)");
        Require(MissRate is > 0 and < 1, nameof(MissRate), "(0, 1)");
        Require(WinShare is > 0.5 and < 1, nameof(WinShare), "(0.5, 1)");
        Require(PairMax >= 1, nameof(PairMax), "at least 1");
        return this;
    }

    private static void Require(bool holds, string what, string expected)
    {
        if (!holds)
        {
            throw new ScenarioException("A number of the promotion gate", what, expected);
        }
    }
}
