namespace HilRig.Harness.Episodes.Resets;

/// <summary>What an event does in a phase.</summary>
/// <param name="Next">The phase that follows; null where the event means nothing there.</param>
/// <param name="Exit">How the reset ends by it; None while it goes on.</param>
/// <param name="IsAttempt">
/// Whether it counts against the phase's attempts; when they are spent, the reset ends by
/// <paramref name="Exhausted"/>.
/// </param>
/// <param name="Exhausted">How the reset ends when the attempts are spent.</param>
public readonly record struct ResetTransition(
    ResetPhase? Next,
    ResetExit Exit = ResetExit.None,
    bool IsAttempt = false,
    ResetExit Exhausted = ResetExit.None)
{
    /// <summary>Whether the event means nothing in the phase.</summary>
    public bool IsIgnored => Next is null && Exit == ResetExit.None;
}
