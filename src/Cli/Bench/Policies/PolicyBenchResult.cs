namespace HilRig.Cli.Bench.Policies;

/// <summary>What the policy bench measured.</summary>
/// <param name="Policy">Name of the policy.</param>
/// <param name="RateHertz">Rate of the calls, Hz.</param>
/// <param name="Calls">Times of the calls.</param>
/// <param name="Control">Times of the control's calls; null without one.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Disturbance">What held the thread up.</param>
internal sealed record PolicyBenchResult(
    string Policy,
    double RateHertz,
    WakeLateness Calls,
    WakeLateness? Control,
    IReadOnlyList<BenchFigure> Figures,
    string Disturbance);
