using HilRig.Core.Joints;

namespace HilRig.Harness.Stimuli;

/// <summary>The goal stays where it is.</summary>
/// <param name="TimeSeconds">How long, s.</param>
public sealed record HoldStimulus(double TimeSeconds) : IStimulus
{
    /// <inheritdoc/>
    public double Duration(double startPosition, in JointLimits limits) => TimeSeconds;

    /// <inheritdoc/>
    public double Evaluate(double elapsedSeconds, double startPosition, in JointLimits limits) =>
        startPosition;
}
