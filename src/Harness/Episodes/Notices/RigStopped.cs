namespace HilRig.Harness.Episodes.Notices;

/// <summary>
/// The rig has stopped, stands in its safe posture, and goes on when the operator confirms.
/// </summary>
/// <param name="InstantNanoseconds">When it is asked, CLOCK_MONOTONIC ns.</param>
/// <param name="Reason">Why it stopped.</param>
/// <param name="Number">Which stop of this session it is, from 1.</param>
/// <param name="NumberMax">Stops after which nobody is asked any more.</param>
public sealed record RigStopped(
    long InstantNanoseconds, string Reason, int Number, int NumberMax)
    : SessionNotice(InstantNanoseconds)
{
    /// <inheritdoc/>
    public override string Kind => "stop";

    /// <inheritdoc/>
    public override string Text =>
        $"stop {Number} of at most {NumberMax}: {Reason}. "
        + "Look at the rig, remedy the cause, step out, then c (b: it is broken, q: end)";
}
