namespace HilRig.Harness.Scenarios;

/// <summary>Names of signals: "joint/NAME/position" and "joint/NAME/velocity".</summary>
internal static class SignalName
{
    /// <summary>Stands for every joint.</summary>
    internal const string EveryJoint = "*";

    private const string Prefix = "joint/";
    private const string PositionSuffix = "/position";
    private const string VelocitySuffix = "/velocity";

    /// <summary>The position of a joint.</summary>
    internal static string Position(string joint) => Prefix + joint + PositionSuffix;

    /// <summary>The velocity of a joint.</summary>
    internal static string Velocity(string joint) => Prefix + joint + VelocitySuffix;

    /// <summary>Whether the signal is a velocity.</summary>
    internal static bool IsVelocity(string signal) =>
        signal.EndsWith(VelocitySuffix, StringComparison.Ordinal);

    /// <summary>
    /// The joint of a signal, whose name may contain slashes; null when it is no signal.
    /// </summary>
    internal static string? JointOf(string signal)
    {
        int suffix = IsVelocity(signal) ? VelocitySuffix.Length
            : signal.EndsWith(PositionSuffix, StringComparison.Ordinal) ? PositionSuffix.Length
            : 0;
        return suffix > 0
            && signal.StartsWith(Prefix, StringComparison.Ordinal)
            && signal.Length > Prefix.Length + suffix
            ? signal[Prefix.Length..^suffix]
            : null;
    }
}
