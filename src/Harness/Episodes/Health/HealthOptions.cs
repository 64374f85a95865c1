namespace HilRig.Harness.Episodes.Health;

/// <summary>When a session gives alarms.</summary>
public sealed record HealthOptions
{
    /// <summary>Newest episodes that figures are of. Default 20.</summary>
    public int WindowEpisodes { get; init; } = 20;

    /// <summary>
    /// Learning episodes without a success that give an alarm. Default 30: an imitation that
    /// succeeds in a quarter of its episodes fails so often in a row once in 5 000.
    /// </summary>
    public int NoSuccessEpisodes { get; init; } = 30;

    /// <summary>
    /// A critic's value beyond which the critics diverge. Returns are at most 1; healthy critics
    /// were seen to say up to 1.33. Default 1.5.
    /// </summary>
    public double ValueMax { get; init; } = 1.5;

    /// <summary>
    /// Median gap of values below which the critics say the same of everything: 0.01/β. Default 0,
    /// which never alarms.
    /// </summary>
    public double ValueGapMin { get; init; }

    /// <summary>Share of a person's steps in successes that gives an alarm. Default 0.5.</summary>
    public double HumanShareMax { get; init; } = 0.5;
}
