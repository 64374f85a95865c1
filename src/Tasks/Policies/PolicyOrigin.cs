namespace HilRig.Tasks.Policies;

/// <summary>How a policy came to be.</summary>
public sealed record PolicyOrigin
{
    /// <summary>Program and version that wrote it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>Seed of the training.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Steps taken in the environment, warm-up included.</summary>
    public required long EnvironmentSteps { get; init; }

    /// <summary>Updates of the critics.</summary>
    public required long UpdateCount { get; init; }

    /// <summary>SHA-256 of the training's configuration, lower-case hex; empty for none.</summary>
    public required string ConfigurationSha256 { get; init; }
}
