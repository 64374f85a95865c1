namespace HilRig.Tasks.Policies;

/// <summary>
/// What the numbers of a task's policy mean: schema 2, the file "policy.json" beside "policy.onnx".
/// (Schema 1 is a policy of a scenario, which maps joint values straight to goals.)
/// </summary>
public sealed record TaskPolicyManifest
{
    /// <summary>Version of this schema.</summary>
    public const int CurrentSchema = 2;

    /// <summary>Version of the manifest's schema.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Name used in reports.</summary>
    public required string Name { get; init; }

    /// <summary>Task that it does.</summary>
    public required string Task { get; init; }

    /// <summary>Algorithm that made it: bc, td3, ibrl, rlpd or rft.</summary>
    public required string Algorithm { get; init; }

    /// <summary>SHA-256 of the ONNX file, lower-case hex: the policy's identity.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Networks within.</summary>
    public required PolicyProposals Proposals { get; init; }

    /// <summary>
    /// How much more than the imitation's value the actor's must be for it to act: the actor acts
    /// where q_rl ≥ q_il + margin.
    /// </summary>
    public required double SelectionMargin { get; init; }

    /// <summary>Critics; 0 for none.</summary>
    public required int CriticCount { get; init; }

    /// <summary>What the critics may say; null where there are none.</summary>
    public required PolicyValueRange? ValueRange { get; init; }

    /// <summary>Time between two actions, s.</summary>
    public required double PeriodSeconds { get; init; }

    /// <summary>
    /// Observations in the input, newest first; before the first, a channel reads its offset.
    /// </summary>
    public required int History { get; init; }

    /// <summary>One observation, in order. Raw values go in; the graph normalises.</summary>
    public required IReadOnlyList<TaskChannel> Observation { get; init; }

    /// <summary>The action, in order, each in [−1, 1].</summary>
    public required IReadOnlyList<TaskChannel> Action { get; init; }

    /// <summary>Where the robot begins.</summary>
    public required IReadOnlyList<JointPosition> DefaultPose { get; init; }

    /// <summary>How it came to be.</summary>
    public required PolicyOrigin Origin { get; init; }

    /// <summary>Agreement with the networks.</summary>
    public required PolicyParity Parity { get; init; }
}
