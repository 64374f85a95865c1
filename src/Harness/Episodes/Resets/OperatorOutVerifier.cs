namespace HilRig.Harness.Episodes.Resets;

/// <summary>
/// The operator is out of reach. By her word: a rig with a light curtain adds a verifier for it.
/// </summary>
public sealed class OperatorOutVerifier : IResetVerifier
{
    /// <inheritdoc/>
    public string Name => "operator out";

    /// <inheritdoc/>
    public VerifyFinding Check(VerifyScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return scene.IsOperatorOutByWord
            ? new VerifyFinding(VerifyStatus.OnWord, "the operator says that she is out")
            : new VerifyFinding(VerifyStatus.Refused, "the operator has not said that she is out");
    }
}
