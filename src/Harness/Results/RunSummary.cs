namespace HilRig.Harness.Results;

/// <summary>One run in the object that <c>hilrig run --json</c> prints.</summary>
public sealed record RunSummary
{
    /// <summary>Scenario file as it was asked for.</summary>
    public required string Scenario { get; init; }

    /// <summary>Outcome.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why, one sentence.</summary>
    public string? Reason { get; init; }

    /// <summary>Latency by <see cref="LatencyKeys"/>.</summary>
    public required IReadOnlyDictionary<string, LatencyFigure> Latency { get; init; }

    /// <summary>Divergence by signal.</summary>
    public required IReadOnlyDictionary<string, DivergenceFigure> Divergence { get; init; }

    /// <summary>Measured ticks that were skipped.</summary>
    public required long MissedTicks { get; init; }

    /// <summary>Path of the recording; null when there is none.</summary>
    public required string? Recording { get; init; }

    /// <summary>Path of the HTML report, beside run.json; null when there is none.</summary>
    public required string? Report { get; init; }

    /// <summary>The part of <paramref name="run"/> that the contract names.</summary>
    /// <param name="run">A finished run.</param>
    public static RunSummary From(RunResult run) => new()
    {
        Scenario = run.Scenario,
        Verdict = run.Verdict,
        Reason = run.Reason,
        Latency = run.Latency,
        Divergence = run.Divergence,
        MissedTicks = run.MissedTicks,
        Recording = run.Recording,
        Report = run.Report,
    };
}
