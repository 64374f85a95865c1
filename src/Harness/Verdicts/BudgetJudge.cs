using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Verdicts;

/// <summary>Holds measurements against the budgets of a scenario.</summary>
internal static class BudgetJudge
{
    /// <summary>Judges every budget.</summary>
    /// <param name="budgets">Budgets, expanded to every joint.</param>
    /// <param name="latency">Latency figures.</param>
    /// <param name="divergence">Divergence figures.</param>
    /// <param name="loop">What the loop counted.</param>
    /// <param name="timingCounts">
    /// Whether timing may be judged here; otherwise timing budgets are inconclusive.
    /// </param>
    internal static IReadOnlyList<BudgetResult> Judge(
        ScenarioBudgets budgets,
        IReadOnlyDictionary<string, LatencyFigure> latency,
        IReadOnlyDictionary<string, DivergenceFigure> divergence,
        LoopReport loop,
        bool timingCounts)
    {
        var results = new List<BudgetResult>();
        foreach (LatencyBudget budget in budgets.Latency)
        {
            results.Add(Timing(JudgeLatency(budget, latency[budget.Hop]), timingCounts));
        }

        if (budgets.MissedTickRatio is { } ratio)
        {
            long due = loop.TickCount + loop.MissedCount;
            double? measured = due > 0 ? loop.MissedCount / (double)due : null;
            results.Add(Timing(
                Result("missedTicks", "ratio", ratio, measured, "no tick was due"), timingCounts));
        }

        foreach (DivergenceBudget budget in budgets.Divergence)
        {
            results.Add(JudgeDivergence(budget, divergence[budget.Signal]));
        }

        foreach (BandBudget band in budgets.Bands)
        {
            results.Add(JudgeBand(band, divergence[band.Signal]));
        }

        return results;
    }

    private static BudgetResult Timing(BudgetResult result, bool timingCounts) => timingCounts
        ? result
        : result with
        {
            Verdict = Verdict.Inconclusive,
            Note = "this machine gave the loop no real time, so its timing is not judged",
        };

    private static BudgetResult JudgeLatency(LatencyBudget budget, LatencyFigure figure)
    {
        (string name, double? measured, double percentile) = budget.Statistic switch
        {
            LatencyStatistic.P50 => ("p50", figure.P50Microseconds, 50.0),
            LatencyStatistic.P90 => ("p90", figure.P90Microseconds, 90.0),
            LatencyStatistic.P99 => ("p99", figure.P99Microseconds, 99.0),
            LatencyStatistic.P999 => ("p999", figure.P999Microseconds, 99.9),
            LatencyStatistic.Max => ("max", figure.MaxMicroseconds, 0.0),
        };
        string missing = figure.Count == 0
            ? "this hop was never stamped"
            : $"{figure.Count} samples, {LatencyFigure.SamplesNeeded(percentile)} needed";
        return Result(
            $"latency/{budget.Hop}/{name}", "µs", budget.LimitMicroseconds, measured, missing);
    }

    private static BudgetResult JudgeDivergence(DivergenceBudget budget, DivergenceFigure figure)
    {
        (string name, double? measured, string unit) = budget.Measure switch
        {
            DivergenceMeasure.Rmse => ("rmse", figure.Rmse, figure.Unit),
            DivergenceMeasure.Mae => ("mae", figure.Mae, figure.Unit),
            DivergenceMeasure.MaxAbs => ("maxAbs", figure.MaxAbs, figure.Unit),
            DivergenceMeasure.Offset => ("offset", Magnitude(figure.Offset), figure.Unit),
            DivergenceMeasure.Delay => ("delay", Magnitude(figure.DelayMilliseconds / 1e3), "s"),
            DivergenceMeasure.ResidualRmse => ("residualRmse", figure.ResidualRmse, figure.Unit),
            DivergenceMeasure.NoiseMultiple => ("noiseMultiple", figure.NoiseFloorMultiple, "×"),
        };
        string missing = budget.Measure == DivergenceMeasure.NoiseMultiple
            ? "a noise floor needs at least two repeats"
            : $"{figure.SampleCount} samples with a twin beside them";
        return Result(
            $"divergence/{budget.Signal}/{name}", unit, budget.Limit, measured, missing);
    }

    private static BudgetResult JudgeBand(BandBudget budget, DivergenceFigure figure)
    {
        BandFigure? band = figure.Band;
        double? measured = band is null
            ? null
            : band.OutsideCount / (double)figure.SampleCount;
        BudgetResult result = Result(
            $"divergence/{budget.Signal}/band",
            "ratio",
            budget.OutsideRatio,
            measured,
            "no samples with a twin beside them");
        return band?.OnsetSeconds is { } onset
            ? result with
            {
                Note = FormattableString.Invariant(
                    $"left at {onset:0.###} s, by at most {band.MaxExcess:0.####} {figure.Unit}"),
            }
            : result;
    }

    private static double? Magnitude(double? value) =>
        value is { } number ? Math.Abs(number) : null;

    private static BudgetResult Result(
        string metric, string unit, double limit, double? measured, string missing) => new()
        {
            Metric = metric,
            Unit = unit,
            Limit = limit,
            Measured = measured,
            Verdict = measured is not { } value ? Verdict.Inconclusive
                : value <= limit ? Verdict.Pass
                : Verdict.Fail,
            Note = measured is null ? missing : null,
        };
}
