using HilRig.Core.Joints;

namespace HilRig.Harness.Stimuli;

/// <summary>A sine about the goal it begins at.</summary>
/// <param name="Amplitude">Amplitude, rad or m; its sign is the first direction.</param>
/// <param name="FrequencyHertz">Frequency, Hz.</param>
/// <param name="TimeSeconds">How long, s.</param>
public sealed record SineStimulus(double Amplitude, double FrequencyHertz, double TimeSeconds)
    : IStimulus
{
    /// <inheritdoc/>
    public double Duration(double startPosition, in JointLimits limits) => TimeSeconds;

    /// <inheritdoc/>
    public double Evaluate(double elapsedSeconds, double startPosition, in JointLimits limits)
    {
        double t = Math.Min(elapsedSeconds, TimeSeconds);
        return startPosition + Amplitude * Math.Sin(2 * Math.PI * FrequencyHertz * t);
    }
}
