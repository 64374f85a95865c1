using HilRig.Core.Errors;

namespace HilRig.Harness.Promotion;

/// <summary>
/// Decides between a candidate and the deployed policy, from episodes of both on the same starts,
/// after each pair and with as few as it takes.
/// </summary>
/// <remarks>
/// Sequential probability ratio test (Wald 1945) on the pairs in which exactly one succeeded, as in
/// McNemar's test; the others say nothing. Let p be the probability that the candidate is the one.
/// H0: p ≤ 1/2. H1: p = <see cref="PromotionOptions.WinShare"/>. With w wins and l losses the
/// likelihood ratio is Λ = (2 p₁)^w · (2 (1 − p₁))^l. Promote when Λ ≥ 1/α, keep when Λ ≤ β.
/// Under H0 Λ is a supermartingale that starts at 1, so that P(ever Λ ≥ 1/α) ≤ α (Ville 1939): the
/// bound is exact however often one looks, unlike Wald's (1 − β)/α. So is β, under H1, by 1/Λ.
/// </remarks>
public sealed class PromotionGate
{
    private readonly PromotionOptions _options;
    private readonly HashSet<long> _starts = [];

    /// <summary>Opens a gate for one candidate.</summary>
    /// <param name="options">How sure it must be.</param>
    /// <exception cref="ScenarioException">An option is out of range.</exception>
    public PromotionGate(PromotionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options.Check();
    }

    /// <summary>Pairs so far.</summary>
    public int PairCount => _starts.Count;

    /// <summary>Pairs in which only the candidate succeeded.</summary>
    public int WinCount { get; private set; }

    /// <summary>Pairs in which only the deployed policy succeeded.</summary>
    public int LossCount { get; private set; }

    /// <summary>Likelihood ratio Λ of a worthwhile candidate to one that is no better.</summary>
    public double Evidence =>
        Math.Pow(2 * _options.WinShare, WinCount)
        * Math.Pow(2 * (1 - _options.WinShare), LossCount);

    /// <summary>What it says now.</summary>
    public GateDecision Decision { get; private set; }

    /// <summary>Takes a pair. Ignored once there is a decision.</summary>
    /// <param name="startIndex">The start of both; each is taken once.</param>
    /// <param name="candidate">Whether the candidate succeeded.</param>
    /// <param name="deployed">Whether the deployed policy succeeded.</param>
    public GateDecision Observe(long startIndex, bool candidate, bool deployed)
    {
        if (Decision != GateDecision.Undecided)
        {
            return Decision;
        }

        Invariant.Require(_starts.Add(startIndex), "a start is paired once");
        WinCount += candidate && !deployed ? 1 : 0;
        LossCount += deployed && !candidate ? 1 : 0;
        Decision = Evidence >= 1 / _options.FalsePromotionRate ? GateDecision.Promote
            : Evidence <= _options.MissRate || PairCount >= _options.PairMax ? GateDecision.Keep
            : GateDecision.Undecided;
        return Decision;
    }

    /// <summary>The state of the test in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Decision} after {PairCount} pairs: {WinCount} won, {LossCount} lost, ")
        + FormattableString.Invariant($"evidence {Evidence:0.##} of ")
        + FormattableString.Invariant($"{1 / _options.FalsePromotionRate:0.##}");
}
