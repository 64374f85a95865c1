namespace HilRig.Testing;

/// <summary>One scenario of a suite.</summary>
public sealed record ScenarioCase
{
    /// <summary>Path within the suite's folder, without extension: the test's name.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the scenario file.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// Absolute path of the rig file that replaces the scenario's own; null: its own.
    /// </summary>
    public string? Rig { get; init; }

    /// <summary>Repeats that replace the scenario's own; 0: its own.</summary>
    public int Repeat { get; init; }

    /// <summary>How often it may be run at most while its runs say nothing.</summary>
    public int AttemptsMax { get; init; } = 1;

    /// <summary>Longest time of one attempt.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
