using HilRig.Core.Units;

namespace HilRig.Harness.Faults;

/// <summary>Parameters that several rules share.</summary>
internal static class FaultParameters
{
    internal static FaultParameter By(double secondsMax) =>
        new("by", "how much longer", [Dimension.Time], 0, secondsMax);

    internal static FaultParameter Late { get; } =
        new("by", "how late", [Dimension.Time], 0, 5);

    internal static FaultParameter Probability { get; } =
        new("probability", "share of what is lost", [Dimension.Ratio], 0, 1);

    internal static FaultParameter Noise { get; } = new(
        "by", "largest error of each joint", [Dimension.Angle, Dimension.Length], 0, 1000);

    internal static FaultParameter Offset { get; } = new(
        "offset", "added to the position", [Dimension.Angle, Dimension.Length], -1000, 1000)
    {
        IsAlternative = true,
    };

    internal static FaultParameter Gain { get; } =
        new("gain", "factor of the position", [Dimension.Ratio], -1000, 1000);

    internal static FaultParameter TimeConstant { get; } =
        new("time", "time constant of a first-order lag", [Dimension.Time], 0.001, 100);
}
