namespace HilRig.Harness.Measurements;

/// <summary>The real and the twin's signal of one repeat, on one time axis.</summary>
/// <param name="Real">Real signal, at its own sample times.</param>
/// <param name="Twin">The twin's signal.</param>
internal sealed record SignalPair(SampledSignal Real, SampledSignal Twin);
