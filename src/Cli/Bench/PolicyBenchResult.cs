namespace HilRig.Cli.Bench;

/// <summary>What the policy bench measured.</summary>
/// <param name="Policy">Name of the policy.</param>
/// <param name="RateHertz">Rate of the calls, Hz.</param>
/// <param name="Calls">Times of the calls.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Disturbance">What held the thread up.</param>
internal sealed record PolicyBenchResult(
    string Policy,
    double RateHertz,
    WakeLateness Calls,
    IReadOnlyList<BenchFigure> Figures,
    string Disturbance);
