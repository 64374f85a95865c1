namespace HilRig.Harness.Episodes.Health;

/// <summary>
/// How a session is doing, over its newest episodes; a figure without support is NaN.
/// </summary>
public sealed record HealthFigures
{
    /// <summary>Episodes of the session that count, all.</summary>
    public required int EpisodeCount { get; init; }

    /// <summary>Share of successes among the newest.</summary>
    public required double SuccessShare { get; init; }

    /// <summary>Steps of a success, median: it moves before the share does.</summary>
    public required double SuccessSteps { get; init; }

    /// <summary>Share of the actor's steps in successes.</summary>
    public required double ReinforcementShare { get; init; }

    /// <summary>Share of a person's steps in successes.</summary>
    public required double HumanShare { get; init; }

    /// <summary>Median |difference of the proposals' values|.</summary>
    public required double ValueGap { get; init; }

    /// <summary>Largest value that was seen.</summary>
    public required double ValueMax { get; init; }

    /// <summary>Resets an hour, over the session.</summary>
    public required double ResetsPerHour { get; init; }

    /// <summary>What somebody should look at, a sentence each.</summary>
    public required IReadOnlyList<string> Alarms { get; init; }

    /// <summary>All of it in one line.</summary>
    public string ToLine() => FormattableString.Invariant(
        $"{EpisodeCount} episodes, success {SuccessShare:0.00} in {SuccessSteps:0} steps, ")
        + FormattableString.Invariant($"of these rl {ReinforcementShare:0.00} human ")
        + FormattableString.Invariant($"{HumanShare:0.00}, |q gap| {ValueGap:0.000}, q max ")
        + FormattableString.Invariant($"{ValueMax:0.00}, {ResetsPerHour:0} resets/h");
}
