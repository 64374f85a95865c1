namespace HilRig.Harness.Results;

/// <summary>The object that <c>hilrig run --json</c> prints.</summary>
public sealed record SuiteSummary
{
    /// <summary>The worst outcome of all runs.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What the process ends with.</summary>
    public required int ExitCode { get; init; }

    /// <summary>One entry a run, in order.</summary>
    public required IReadOnlyList<RunSummary> Runs { get; init; }

    /// <summary>Sums up finished runs; no run at all is Inconclusive.</summary>
    /// <param name="runs">Finished runs, in order.</param>
    /// <param name="inconclusiveExitCode">What Inconclusive exits with, 0 or 20.</param>
    public static SuiteSummary From(
        IReadOnlyList<RunResult> runs, int inconclusiveExitCode = (int)Verdict.Inconclusive)
    {
        Verdict worst = runs.Count == 0 ? Verdict.Inconclusive : runs.Max(run => run.Verdict);
        return new SuiteSummary
        {
            Verdict = worst,
            ExitCode = worst == Verdict.Inconclusive ? inconclusiveExitCode : (int)worst,
            Runs = [.. runs.Select(RunSummary.From)],
        };
    }
}
