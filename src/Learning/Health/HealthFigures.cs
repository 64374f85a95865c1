namespace HilRig.Learning.Health;

/// <summary>How learning goes, over the last episodes; a figure without data is null.</summary>
internal sealed record HealthFigures
{
    /// <summary>Episodes of the window.</summary>
    public required int Episodes { get; init; }

    /// <summary>Share of these that succeeded.</summary>
    public required double? SuccessShare { get; init; }

    /// <summary>Median steps of a success: moves before the share does.</summary>
    public required double? SuccessSteps { get; init; }

    /// <summary>Episodes since the last success.</summary>
    public required int EpisodesSinceSuccess { get; init; }

    /// <summary>Share of steps that the actor proposed.</summary>
    public required double? ReinforcementShare { get; init; }

    /// <summary>The same within successes: whose successes they are.</summary>
    public required double? ReinforcementShareOfSuccesses { get; init; }

    /// <summary>Share of steps that a person corrected.</summary>
    public required double? HumanShare { get; init; }

    /// <summary>Median of |Q of the actor's proposal − Q of the imitation's|.</summary>
    public required double? ValueGap { get; init; }

    /// <summary>Largest |Q| of a proposal.</summary>
    public required double? ValueMagnitudeMax { get; init; }

    /// <summary>Share of the replay's steps that demonstrations are.</summary>
    public required double DemonstrationShareOfReplay { get; init; }

    /// <summary>Critic updates a step, from the first step after warm-up on.</summary>
    public required double? UpdatesPerStep { get; init; }

    /// <summary>What is wrong, in sentences; empty for nothing.</summary>
    public required IReadOnlyList<string> Alarms { get; init; }
}
