namespace HilRig.Harness.Episodes.Resets;

/// <summary>
/// A check before an episode. Give a session more of them for what else must be so: a light
/// curtain, a camera.
/// </summary>
public interface IResetVerifier
{
    /// <summary>What it checks: "joint pose".</summary>
    string Name { get; }

    /// <summary>Checks. Called on the conductor's thread, again and again in Verify.</summary>
    /// <param name="scene">What is seen.</param>
    VerifyFinding Check(VerifyScene scene);
}
