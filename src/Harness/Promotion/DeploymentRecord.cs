namespace HilRig.Harness.Promotion;

/// <summary>The content of deployed.json.</summary>
public sealed record DeploymentRecord
{
    /// <summary>Version of the file; 1.</summary>
    public required int Schema { get; init; }

    /// <summary>What is deployed, last; before it what it replaced, in order.</summary>
    public required IReadOnlyList<DeploymentEntry> Deployed { get; init; }

    /// <summary>What was rolled back, in order; Why says why.</summary>
    public required IReadOnlyList<DeploymentEntry> RolledBack { get; init; }
}
