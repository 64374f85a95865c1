namespace HilRig.Harness.Episodes.Notices;

/// <summary>A remark: a word that means nothing now, a fault, an alarm.</summary>
/// <param name="InstantNanoseconds">When, CLOCK_MONOTONIC ns.</param>
/// <param name="Sort">"note", "fault" or "alarm".</param>
/// <param name="Sentence">What it is about.</param>
public sealed record Remark(long InstantNanoseconds, string Sort, string Sentence)
    : SessionNotice(InstantNanoseconds)
{
    /// <inheritdoc/>
    public override string Kind => Sort;

    /// <inheritdoc/>
    public override string Text => Sentence;
}
