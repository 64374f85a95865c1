namespace HilRig.Harness.Scenarios;

/// <summary>
/// How the plant gets from where it is to where the measured phase begins, and back.
/// </summary>
public sealed record Approach
{
    /// <summary>Start pose; a joint that is absent stays where it is measured.</summary>
    public IReadOnlyList<PoseTarget> Pose { get; init; } = [];

    /// <summary>
    /// Time of the ramp, s. Default 2. Stretched where a joint would exceed half its velocity
    /// limit.
    /// </summary>
    public double TimeSeconds { get; init; } = 2;

    /// <summary>Time to stand still before the measured phase, s. Default 0.5.</summary>
    public double SettleSeconds { get; init; } = 0.5;
}
