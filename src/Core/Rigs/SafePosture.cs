namespace HilRig.Core.Rigs;

/// <summary>What a rig does when it stops, whoever stops it.</summary>
public sealed record SafePosture
{
    /// <summary>Which posture.</summary>
    public required SafePosturePolicy Policy { get; init; }

    /// <summary>Torque limit while holding, as a fraction of the servo's maximum, 0 to 1.</summary>
    public required double HoldTorqueFraction { get; init; }

    /// <summary>
    /// How long to hold before lowering, s. Only with
    /// <see cref="SafePosturePolicy.HoldThenLower"/>.
    /// </summary>
    public required double HoldSeconds { get; init; }

    /// <summary>Speed of the controlled lowering, rad/s or m/s.</summary>
    public required double LowerVelocity { get; init; }

    /// <summary>
    /// Where to lower to, by joint name; a joint that is absent holds where it is.
    /// </summary>
    public required IReadOnlyDictionary<string, double> RestPosition { get; init; }
}

/// <summary>
/// Ways to be safe. A raised arm must not drop, so torque off is a deliberate choice.
/// </summary>
public enum SafePosturePolicy
{
    /// <summary>Hold the measured pose with reduced torque.</summary>
    Hold,

    /// <summary>
    /// Hold the measured pose with reduced torque, then lower slowly to the rest position.
    /// </summary>
    HoldThenLower,

    /// <summary>Take the torque away at once: the arm falls.</summary>
    TorqueOff,
}
