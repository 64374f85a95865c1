using HilRig.Core.Joints;

namespace HilRig.Harness.Stimuli;

/// <summary>
/// A sine whose frequency grows linearly: sin(2π (f₀ t + (f₁ − f₀) t² / 2T)), about the goal it
/// begins at.
/// </summary>
/// <param name="Amplitude">Amplitude, rad or m; its sign is the first direction.</param>
/// <param name="FromHertz">Frequency at the beginning, Hz.</param>
/// <param name="ToHertz">Frequency at the end, Hz.</param>
/// <param name="TimeSeconds">How long, s.</param>
public sealed record ChirpStimulus(
    double Amplitude, double FromHertz, double ToHertz, double TimeSeconds) : IStimulus
{
    /// <inheritdoc/>
    public double Duration(double startPosition, in JointLimits limits) => TimeSeconds;

    /// <inheritdoc/>
    public double Evaluate(double elapsedSeconds, double startPosition, in JointLimits limits)
    {
        double t = Math.Min(elapsedSeconds, TimeSeconds);
        double cycles = FromHertz * t + (ToHertz - FromHertz) * t * t / (2 * TimeSeconds);
        return startPosition + Amplitude * Math.Sin(2 * Math.PI * cycles);
    }
}
