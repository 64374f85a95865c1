using HilRig.Core.Ports;
using HilRig.Harness.Episodes.Health;

namespace HilRig.Harness.Episodes;

/// <summary>What the conductor and its resets work with.</summary>
internal sealed record ConductorParts
{
    internal required SessionSetting Setting { get; init; }

    internal required SessionOptions Options { get; init; }

    internal required ArmLink Arm { get; init; }

    internal required NoticeBoard Board { get; init; }

    internal required IEpisodeProgramme Programme { get; init; }

    internal required IEpisodeStore Store { get; init; }

    internal required IOperatorInput Operator { get; init; }

    internal required HealthMonitor Health { get; init; }
}
