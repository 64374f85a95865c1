using HilRig.Harness.Episodes.Health;
using HilRig.Harness.Episodes.Resets;

namespace HilRig.Harness.Episodes;

/// <summary>How a session of episodes is run.</summary>
public sealed record SessionOptions
{
    /// <summary>The reset.</summary>
    public ResetOptions Reset { get; init; } = new();

    /// <summary>
    /// Checks before an episode, besides the four of <see cref="StandardVerifiers"/>. Default none.
    /// </summary>
    public IReadOnlyList<IResetVerifier> MoreVerifiers { get; init; } = [];

    /// <summary>Who says whether an episode was good. Default the task's rule.</summary>
    public VerdictPolicy Verdict { get; init; } = VerdictPolicy.Rule;

    /// <summary>How long an episode may stand paused before it is ended. Default 2 min.</summary>
    public TimeSpan PauseTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Episodes that may break off one after the other. Default 3.</summary>
    public int BrokenMax { get; init; } = 3;

    /// <summary>When health gives alarms.</summary>
    public HealthOptions Health { get; init; } = new();

    /// <summary>Joint pose, start zone, bus health, operator out.</summary>
    public static IReadOnlyList<IResetVerifier> StandardVerifiers { get; } =
    [
        new JointPoseVerifier(),
        new StartZoneVerifier(),
        new BusHealthVerifier(),
        new OperatorOutVerifier(),
    ];
}
