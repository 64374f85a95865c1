namespace HilRig.Harness.Episodes.Notices;

/// <summary>The session is over.</summary>
/// <param name="InstantNanoseconds">When, CLOCK_MONOTONIC ns.</param>
/// <param name="Ending">How.</param>
/// <param name="Sentence">Why, for people.</param>
public sealed record SessionEnded(long InstantNanoseconds, SessionEnding Ending, string Sentence)
    : SessionNotice(InstantNanoseconds)
{
    /// <inheritdoc/>
    public override string Kind => "session";

    /// <inheritdoc/>
    public override string Text => $"{Ending}: {Sentence}";
}
