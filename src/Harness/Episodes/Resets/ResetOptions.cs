namespace HilRig.Harness.Episodes.Resets;

/// <summary>How a reset is done. SI units.</summary>
public sealed record ResetOptions
{
    /// <summary>
    /// Time the arm has for each of Freeze, ArmOpen, Verify and Ready, beyond that of its moves.
    /// Default 5 s.
    /// </summary>
    public TimeSpan ArmTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time the operator has before she is reminded. Default 2 minutes.</summary>
    public TimeSpan ConfirmTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Times that a phase of the arm or a confirmation may run out before the session ends.
    /// Default 3.
    /// </summary>
    public int AttemptMax { get; init; } = 3;

    /// <summary>Refusals in one reset after which the session ends. Default 8.</summary>
    public int RefusalMax { get; init; } = 8;

    /// <summary>Time between Ready and the first step. Default 0.5 s.</summary>
    public TimeSpan ReadyPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// Part of the joints' velocity limits that resets may use, (0, 1]. Default 0.3.
    /// </summary>
    public double SpeedFraction { get; init; } = 0.3;

    /// <summary>
    /// Whether the arm first goes back along the goals of its episode: out of a hole by the way it
    /// went in. Default true.
    /// </summary>
    public bool GoesBack { get; init; } = true;

    /// <summary>
    /// Poses by joint name that the arm passes on its way from there; joints that are not named
    /// stay. Default none.
    /// </summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> Via { get; init; } = [];

    /// <summary>
    /// Where the arm waits for the operator; null: at the start pose of the next episode. Default
    /// null.
    /// </summary>
    public IReadOnlyDictionary<string, double>? ParkPose { get; init; }

    /// <summary>Joints that open the hand, and where. Default none.</summary>
    public IReadOnlyDictionary<string, double> OpenPose { get; init; } =
        new Dictionary<string, double>();

    /// <summary>
    /// Speed below which a joint stands still, part of its velocity limit. Default 0.05.
    /// </summary>
    public double StillFraction { get; init; } = 0.05;

    /// <summary>Largest error of a revolute joint at the start pose, rad. Default 0.05.</summary>
    public double JointToleranceRadians { get; init; } = 0.05;

    /// <summary>Largest error of a prismatic joint at the start pose, m. Default 0.005.</summary>
    public double JointToleranceMeters { get; init; } = 0.005;

    /// <summary>
    /// Half the width of an object's start zone about its card, rad or m, where
    /// <see cref="ObjectTolerances"/> does not name it. Default 0.01.
    /// </summary>
    public double ObjectTolerance { get; init; } = 0.01;

    /// <summary>Half widths by object joint, rad or m. Default none.</summary>
    public IReadOnlyDictionary<string, double> ObjectTolerances { get; init; } =
        new Dictionary<string, double>();

    /// <summary>
    /// Age beyond which a joint's state or a scene's picture is no proof. Default 0.25 s.
    /// </summary>
    public TimeSpan StateAgeMax { get; init; } = TimeSpan.FromSeconds(0.25);
}
