namespace HilRig.Tasks.So101;

/// <summary>
/// Kinematics of so101-arm.xml: where the tool is, and which joints bring it somewhere. Lengths are
/// those of the file, m. A test compares them with the simulator.
/// </summary>
internal static class So101Arm
{
    private const double BaseAhead = 0.0388;
    private const double ShoulderAhead = 0.0304;
    private const double ShoulderHeight = 0.0624 + 0.0542;
    private const double UpperAhead = 0.028;
    private const double UpperUp = 0.1126;
    private const double LowerAhead = 0.1349;
    private const double LowerUp = 0.0052;
    private const double HandAhead = 0.0611 + 0.0981;
    private const double HandUp = -0.0079;
    private const double Aside = -0.0183 + 0.0181;

    private static readonly double UpperLength = Math.Sqrt(
        (UpperAhead * UpperAhead) + (UpperUp * UpperUp));

    private static readonly double LowerLength = Math.Sqrt(
        (LowerAhead * LowerAhead) + (LowerUp * LowerUp));

    private static readonly double UpperLean = Math.Atan2(UpperAhead, UpperUp);
    private static readonly double LowerLean = Math.Atan2(LowerAhead, LowerUp);

    private static readonly (double Min, double Max)[] Ranges =
    [
        (-1.8, 1.8), (-1.7, 1.7), (-1.65, 1.65), (-1.6, 1.6), (-2.7, 2.7), (-0.15, 1.7),
    ];

    /// <summary>Joints in the order of every [dof] span.</summary>
    public static IReadOnlyList<string> Joints { get; } =
        ["shoulder_pan", "shoulder_lift", "elbow_flex", "wrist_flex", "wrist_roll", "gripper"];

    /// <summary>Goals that the tasks allow: the soft limits of the shipped rigs, rad.</summary>
    public static ReadOnlySpan<(double Min, double Max)> GoalRanges => Ranges;

    /// <summary>The keyframe "home", rad.</summary>
    public static ReadOnlySpan<double> Home => [0, -0.6, 0.6, 0.8, 0, 0.2];

    /// <summary>The tool in the frame of the base, m.</summary>
    /// <param name="joints">Positions, rad. Shape [dof].</param>
    public static (double X, double Y, double Z) Tool(ReadOnlySpan<double> joints)
    {
        (double sin1, double cos1) = Math.SinCos(joints[1]);
        (double sin2, double cos2) = Math.SinCos(joints[1] + joints[2]);
        (double sin3, double cos3) = Math.SinCos(joints[1] + joints[2] + joints[3]);
        (double sinRoll, double cosRoll) = Math.SinCos(joints[4]);
        double up = HandUp * cosRoll;
        double aside = Aside + (HandUp * sinRoll);
        double ahead = ShoulderAhead
            + (UpperAhead * cos1) + (UpperUp * sin1)
            + (LowerAhead * cos2) + (LowerUp * sin2)
            + (HandAhead * cos3) + (up * sin3);
        double height = ShoulderHeight
            - (UpperAhead * sin1) + (UpperUp * cos1)
            - (LowerAhead * sin2) + (LowerUp * cos2)
            - (HandAhead * sin3) + (up * cos3);

        // Pan turns about the axis that points down.
        (double sin, double cos) = Math.SinCos(joints[0]);
        return (
            BaseAhead + (ahead * cos) + (aside * sin),
            (aside * cos) - (ahead * sin),
            height);
    }

    /// <summary>Joints that bring the tool to a place, elbow up, hand unrolled.</summary>
    /// <param name="place">The place in the frame of the base, m.</param>
    /// <param name="pitch">Of the hand below the horizontal, rad.</param>
    /// <param name="joints">
    /// Receives pan, lift, elbow and wrist; as near as the arm gets. Shape [dof].
    /// </param>
    public static void Solve(
        (double X, double Y, double Z) place, double pitch, Span<double> joints)
    {
        double x = place.X - BaseAhead;
        double reach = Math.Sqrt(Math.Max(0, (x * x) + (place.Y * place.Y) - (Aside * Aside)));
        (double sin, double cos) = Math.SinCos(pitch);
        double ahead = reach - ShoulderAhead - (HandAhead * cos) - (HandUp * sin);
        double up = place.Z - ShoulderHeight + (HandAhead * sin) - (HandUp * cos);
        double square = (ahead * ahead) + (up * up);
        double shoulder = Math.Acos(Math.Clamp(
            ((UpperLength * UpperLength) + square - (LowerLength * LowerLength))
                / (2 * UpperLength * Math.Sqrt(square)),
            -1,
            1));
        double elbow = Math.Acos(Math.Clamp(
            ((UpperLength * UpperLength) + (LowerLength * LowerLength) - square)
                / (2 * UpperLength * LowerLength),
            -1,
            1));
        double upper = Math.Atan2(ahead, up) - shoulder;
        double lower = upper + Math.PI - elbow;
        joints[0] = Math.Atan2(Aside, reach) - Math.Atan2(place.Y, x);
        joints[1] = upper - UpperLean;
        joints[2] = lower - LowerLean - joints[1];
        joints[3] = pitch - joints[1] - joints[2];
    }
}
