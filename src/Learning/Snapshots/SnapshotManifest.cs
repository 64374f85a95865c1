namespace HilRig.Learning.Snapshots;

/// <summary>What a snapshot is of: its snapshot.json.</summary>
internal sealed record SnapshotManifest
{
    /// <summary>The version of the layout that this program writes.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Version of the layout.</summary>
    public required int Schema { get; init; }

    /// <summary>SHA-256 of the configuration, lower-case hex.</summary>
    public required string ConfigSha256 { get; init; }

    /// <summary>SHA-256 of the acting networks' weights, lower-case hex.</summary>
    public required string PolicySha256 { get; init; }

    /// <summary>Steps of the environment or the rig so far, warm-up included.</summary>
    public required long EnvironmentSteps { get; init; }

    /// <summary>
    /// Records of the replay log that the state has seen; later ones are learnt from again.
    /// </summary>
    public required long ReplayRecords { get; init; }

    /// <summary>Updates of the critics so far.</summary>
    public required long CriticUpdates { get; init; }

    /// <summary>Seconds of processor that the run has used before it.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Seconds on the wall that the run has used before it.</summary>
    public required double WallSeconds { get; init; }
}
