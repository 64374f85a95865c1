using System.Collections.Concurrent;

namespace HilRig.Sim.Tests.Parity;

/// <summary>The gates, and what they measured: once a run for each fixture and gate.</summary>
internal static class GateRuns
{
    public static readonly IReadOnlyList<GateRule> Rules =
    [
        new("G1", "constants", ConstantMeasures.Compare, Gate.Constants),
        new("G2", "smooth", GateMeasures.Smooth, Gate.Smooth),
        new("G3", "rows", GateMeasures.Rows, Gate.Rows),
        new("G4", "solve", GateMeasures.Solve, Gate.Solve),
        new("G5", "1000 steps, resync", GateMeasures.Resync, Gate.Resync),
        new("G6", "2000 steps, no contact", GateMeasures.FreeRun, Gate.FreeRun),
        new("G7", "50 steps, contact", GateMeasures.ContactRun, Gate.ContactRun),
    ];

    private static readonly ConcurrentDictionary<(string, string), Lazy<Errors>> Runs = [];

    public static Errors Run(string fixture, GateRule rule) => Runs.GetOrAdd(
        (fixture, rule.Name),
        _ => new(() => rule.Measure(FixtureSet.Load(fixture), FixtureSet.Fixture(fixture)))).Value;
}
