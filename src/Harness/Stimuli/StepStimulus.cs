using HilRig.Core.Joints;

namespace HilRig.Harness.Stimuli;

/// <summary>
/// A step as steep as the joint may be commanded: the goal slews to its end at the joint's velocity
/// limit, or at a speed of its own.
/// </summary>
/// <param name="To">Goal at the end, rad or m.</param>
/// <param name="Speed">Slope, rad/s or m/s; null for the joint's velocity limit.</param>
public sealed record StepStimulus(double To, double? Speed) : IStimulus
{
    /// <inheritdoc/>
    public double Duration(double startPosition, in JointLimits limits)
    {
        double speed = Speed ?? limits.VelocityMax;
        return double.IsInfinity(speed) ? 0 : Math.Abs(To - startPosition) / speed;
    }

    /// <inheritdoc/>
    public double Evaluate(double elapsedSeconds, double startPosition, in JointLimits limits)
    {
        double speed = Speed ?? limits.VelocityMax;
        double way = To - startPosition;
        double done = speed * elapsedSeconds;
        return double.IsInfinity(speed) || done >= Math.Abs(way)
            ? To
            : startPosition + Math.CopySign(done, way);
    }
}
