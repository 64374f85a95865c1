using HilRig.Harness.Episodes.Health;

namespace HilRig.Harness.Episodes.Notices;

/// <summary>How learning and the session are doing, after an episode.</summary>
/// <param name="InstantNanoseconds">When, CLOCK_MONOTONIC ns.</param>
/// <param name="Health">The figures.</param>
public sealed record HealthSeen(long InstantNanoseconds, HealthFigures Health)
    : SessionNotice(InstantNanoseconds)
{
    /// <inheritdoc/>
    public override string Kind => "health";

    /// <inheritdoc/>
    public override string Text => Health.ToLine();
}
