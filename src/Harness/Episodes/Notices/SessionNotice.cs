namespace HilRig.Harness.Episodes.Notices;

/// <summary>
/// Something that happened in a session: shown to the operator, dated in the recording.
/// </summary>
/// <param name="InstantNanoseconds">When, CLOCK_MONOTONIC ns.</param>
public abstract record SessionNotice(long InstantNanoseconds)
{
    /// <summary>What sort, as recordings name it.</summary>
    public abstract string Kind { get; }

    /// <summary>What happened, one line.</summary>
    public abstract string Text { get; }
}
