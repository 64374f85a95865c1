using HilRig.Core.Joints;

namespace HilRig.Harness.Stimuli;

/// <summary>A straight line to a goal.</summary>
/// <param name="To">Goal at the end, rad or m.</param>
/// <param name="TimeSeconds">How long it takes, s; positive.</param>
public sealed record RampStimulus(double To, double TimeSeconds) : IStimulus
{
    /// <inheritdoc/>
    public double Duration(double startPosition, in JointLimits limits) => TimeSeconds;

    /// <inheritdoc/>
    public double Evaluate(double elapsedSeconds, double startPosition, in JointLimits limits) =>
        startPosition + (To - startPosition) * Math.Min(1, elapsedSeconds / TimeSeconds);
}
