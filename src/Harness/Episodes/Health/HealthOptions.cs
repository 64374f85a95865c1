namespace HilRig.Harness.Episodes.Health;

/// <summary>When a session gives alarms.</summary>
public sealed record HealthOptions
{
    /// <summary>Newest episodes that figures are of. Default 20.</summary>
    public int WindowEpisodes { get; init; } = 20;

    /// <summary>Learning episodes without a success that give an alarm. Default 15.</summary>
    public int NoSuccessEpisodes { get; init; } = 15;

    /// <summary>
    /// Largest value that a return can have; beyond it the critics are wrong. Default 1.05.
    /// </summary>
    public double ValueMax { get; init; } = 1.05;

    /// <summary>
    /// Gap of values below which a soft choice is a coin's: 1/β. Default 0, which never alarms.
    /// </summary>
    public double ValueGapMin { get; init; }

    /// <summary>Share of a person's steps in successes that gives an alarm. Default 0.5.</summary>
    public double HumanShareMax { get; init; } = 0.5;
}
