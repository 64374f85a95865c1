using HilRig.Core.Episodes;
using HilRig.Harness.Episodes.RealTime;

namespace HilRig.Harness.Episodes;

/// <summary>An episode that is wanted next.</summary>
public sealed record EpisodeRequest
{
    /// <summary>What it is for.</summary>
    public required EpisodePurpose Purpose { get; init; }

    /// <summary>Seed of the start list.</summary>
    public required ulong StartSeed { get; init; }

    /// <summary>Index in the start list.</summary>
    public required long StartIndex { get; init; }

    /// <summary>What acts. Whoever asks for the episode disposes of it afterwards.</summary>
    public required IEpisodePolicy Policy { get; init; }

    /// <summary>SHA-256 of the policy that acts, lower-case hex; empty for none.</summary>
    public string PolicySha256 { get; init; } = "";

    /// <summary>What acts, for people: "script", "imitation", "policy 7".</summary>
    public string PolicyName { get; init; } = "";
}
