namespace HilRig.Harness.Episodes.RealTime;

/// <summary>
/// The operator's hand while correcting: jog keys, a space mouse. Read on the loop's thread: never
/// throws, allocates or blocks.
/// </summary>
public interface IActionSource
{
    /// <summary>Reads what the hand does now.</summary>
    /// <param name="action">Receives the action, each in [−1, 1]. Shape [action].</param>
    /// <returns>False: the hand is away; the arm stands still.</returns>
    bool TryRead(Span<float> action);
}
