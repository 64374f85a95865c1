using HilRig.Core.Units;
using HilRig.Harness.Results;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Scenarios;

/// <summary>Reads the budgets of a scenario.</summary>
internal static class BudgetReader
{
    private static readonly (string Key, LatencyStatistic Statistic)[] Statistics =
    [
        ("p50", LatencyStatistic.P50),
        ("p90", LatencyStatistic.P90),
        ("p99", LatencyStatistic.P99),
        ("p999", LatencyStatistic.P999),
        ("max", LatencyStatistic.Max),
    ];

    private static readonly (string Key, DivergenceMeasure Measure)[] SignalMeasures =
    [
        ("rmse", DivergenceMeasure.Rmse),
        ("mae", DivergenceMeasure.Mae),
        ("maxAbs", DivergenceMeasure.MaxAbs),
        ("offset", DivergenceMeasure.Offset),
        ("residualRmse", DivergenceMeasure.ResidualRmse),
    ];

    internal static ScenarioBudgets Read(YamlMap? map)
    {
        if (map is null)
        {
            return ScenarioBudgets.None;
        }

        var latency = new List<LatencyBudget>();
        YamlMap? hops = map.Optional("latency")?.Map();
        foreach (string hop in hops is null ? [] : LatencyKeys.All)
        {
            ReadHop(hop, hops!.Optional(hop)?.Map(), latency);
        }

        var divergence = new List<DivergenceBudget>();
        var bands = new List<BandBudget>();
        foreach ((string signal, YamlField field) in
            map.Optional("divergence")?.Map().Entries() ?? [])
        {
            ReadSignal(signal, field, divergence, bands);
        }

        return new ScenarioBudgets
        {
            Latency = latency,
            Divergence = divergence,
            Bands = bands,
            MissedTickRatio = map.Optional("missedTicks")?.Quantity(Dimension.Ratio, 0, 1),
        };
    }

    private static void ReadHop(string hop, YamlMap? map, List<LatencyBudget> budgets)
    {
        foreach ((string key, LatencyStatistic statistic) in Statistics)
        {
            if (map?.Optional(key)?.Quantity(Dimension.Time, 0, 3600) is { } seconds)
            {
                budgets.Add(new LatencyBudget(hop, statistic, seconds * 1e6));
            }
        }
    }

    private static void ReadSignal(
        string signal, YamlField field, List<DivergenceBudget> budgets, List<BandBudget> bands)
    {
        bool isVelocity = signal.EndsWith("/velocity", StringComparison.Ordinal);
        if (SignalName.JointOf(signal) is null)
        {
            field.Refuse(
                $"'{signal}' is not a signal",
                "joint/NAME/position or joint/NAME/velocity; * as NAME means every joint");
        }

        Dimension[] dimensions = isVelocity
            ? [Dimension.AngularVelocity, Dimension.Velocity]
            : [Dimension.Angle, Dimension.Length];
        YamlMap map = field.Map();
        foreach ((string key, DivergenceMeasure measure) in SignalMeasures)
        {
            if (map.Optional(key)?.Quantity(dimensions) is { } limit)
            {
                budgets.Add(new DivergenceBudget(
                    signal, measure, limit.Value, limit.Dimension, field.Where));
            }
        }

        if (map.Optional("delay")?.Quantity(Dimension.Time) is { } delay)
        {
            budgets.Add(new DivergenceBudget(
                signal, DivergenceMeasure.Delay, delay, Dimension.Time, field.Where));
        }

        if (map.Optional("noiseMultiple")?.Quantity(Dimension.Ratio) is { } multiple)
        {
            budgets.Add(new DivergenceBudget(
                signal, DivergenceMeasure.NoiseMultiple, multiple, Dimension.Ratio, field.Where));
        }

        if (map.Optional("band") is { } band)
        {
            bands.Add(ReadBand(signal, band, dimensions));
        }
    }

    private static BandBudget ReadBand(string signal, YamlField field, Dimension[] dimensions)
    {
        YamlMap map = field.Map();
        Quantity absolute = map.Required("absolute").Quantity(dimensions);
        return new BandBudget(
            signal,
            absolute.Value,
            absolute.Dimension,
            map.Optional("relative")?.Quantity(Dimension.Ratio, 0, double.PositiveInfinity) ?? 0,
            map.Optional("leading")?.Quantity(Dimension.Time, 0, 10) ?? 0,
            map.Optional("lagging")?.Quantity(Dimension.Time, 0, 10) ?? 0,
            map.Optional("outside")?.Quantity(Dimension.Ratio, 0, 1) ?? 0,
            field.Where);
    }
}
