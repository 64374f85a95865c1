namespace HilRig.Learning.Benches;

/// <summary>What the bench of updates measures; by default the sizes of PickPlaceRing.</summary>
internal sealed record UpdateBenchOptions
{
    /// <summary>Numbers of an observation.</summary>
    public int ObservationCount { get; init; } = 18;

    /// <summary>Numbers of an action.</summary>
    public int ActionCount { get; init; } = 4;

    /// <summary>Whether the critics are batched products.</summary>
    public bool BatchedCritics { get; init; }

    /// <summary>Turns of each side.</summary>
    public int Rounds { get; init; } = 9;

    /// <summary>Updates of a turn.</summary>
    public int Updates { get; init; } = 100;

    /// <summary>The program of the peer, bench/learn-peer/peer.py; null for none.</summary>
    public string? Peer { get; init; }

    /// <summary>Python that has PyTorch.</summary>
    public string Python { get; init; } = "python3";
}
