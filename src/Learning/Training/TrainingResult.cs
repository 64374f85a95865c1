using HilRig.Learning.Health;

namespace HilRig.Learning.Training;

/// <summary>What a run came to: its result.json, and what `--json` prints.</summary>
internal sealed record TrainingResult
{
    /// <summary>bc, td3, ibrl, rlpd or rft.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>Seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Steps of the environment, warm-up included.</summary>
    public required long Steps { get; init; }

    /// <summary>Share of the final starts that succeeded, without noise.</summary>
    public required double FinalSuccess { get; init; }

    /// <summary>Its 95 % interval (Wilson).</summary>
    public required double[] FinalInterval { get; init; }

    /// <summary>Starts of the final score.</summary>
    public required int FinalStarts { get; init; }

    /// <summary>
    /// Share of the same starts that the imitation policy alone succeeds at; null without one.
    /// </summary>
    public required double? ImitationSuccess { get; init; }

    /// <summary>Steps of the first point of the curve at 0.85 or more; null when there is none.
    /// </summary>
    public required long? StepsTo85 { get; init; }

    /// <summary>Scores while learning.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>Seconds of processor of the whole run: demonstrations, learning and scores.
    /// </summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Seconds on the wall of the whole run.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Folder of the exported policy; null when none was exported.</summary>
    public required string? Policy { get; init; }

    /// <summary>Preset that the options began with.</summary>
    public required string Preset { get; init; }

    /// <summary>Demonstrations.</summary>
    public required int Demonstrations { get; init; }

    /// <summary>Episodes of the run, warm-up included.</summary>
    public required long Episodes { get; init; }

    /// <summary>Critic updates.</summary>
    public required long CriticUpdates { get; init; }

    /// <summary>SHA-256 of the configuration.</summary>
    public required string ConfigSha256 { get; init; }

    /// <summary>How learning went at its end.</summary>
    public required HealthFigures Health { get; init; }

    /// <summary>Folder of the run.</summary>
    public required string Run { get; init; }
}
