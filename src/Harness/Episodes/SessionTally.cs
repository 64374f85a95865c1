namespace HilRig.Harness.Episodes;

/// <summary>Counts of a session; of one operator.</summary>
public sealed record SessionTally
{
    /// <summary>Whose.</summary>
    public string Operator { get; init; } = "";

    /// <summary>Episodes that were stored.</summary>
    public int EpisodeCount { get; init; }

    /// <summary>Of these, broken off by a fault.</summary>
    public int BrokenCount { get; init; }

    /// <summary>Resets that came to Ready.</summary>
    public int ResetCount { get; init; }

    /// <summary>Time of these resets, s.</summary>
    public double ResetSeconds { get; init; }

    /// <summary>Of this, waiting for the operator, s.</summary>
    public double IdleSeconds { get; init; }

    /// <summary>Times that Verify refused.</summary>
    public int RefusalCount { get; init; }

    /// <summary>Words that meant nothing when they were said.</summary>
    public int IgnoredWordCount { get; init; }

    /// <summary>Policy calls, the slowest, s; 0 for none.</summary>
    public double PolicySecondsMax { get; init; }
}
