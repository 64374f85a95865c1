using HilRig.Bridge.Isaac;
using HilRig.Bridge.Isaac.StandIn;
using HilRig.Bridge.Isaac.Topics;

namespace HilRig.Rig.Isaac;

/// <summary>What `hilrig isaac stand-in` was asked to do.</summary>
public sealed record IsaacStandInJobOptions
{
    /// <summary>MJCF file of the arm.</summary>
    public required string ModelPath { get; init; }

    /// <summary>Whether mesh geoms are left out.</summary>
    public bool SkipMeshes { get; init; }

    /// <summary>Which wire.</summary>
    public required IsaacGeneration Generation { get; init; }

    /// <summary>Host, ports, image size, settings.</summary>
    public required IsaacStandInOptions StandIn { get; init; }

    /// <summary>Field numbers of the second generation.</summary>
    public IsaacFieldNumbers Numbers { get; init; } = IsaacFieldNumbers.Assumed;

    /// <summary>
    /// Whether the second generation sends images too; the first always does. Default true.
    /// </summary>
    public bool SendImages { get; init; } = true;

    /// <summary>Frames a second of simulated time, Hz. Default 60, as Isaac's physics.</summary>
    public double RateHertz { get; init; } = 60;

    /// <summary>How long, s of simulated time; null until it is stopped.</summary>
    public double? DurationSeconds { get; init; }
}
