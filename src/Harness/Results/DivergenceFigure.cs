using System.Text.Json.Serialization;

namespace HilRig.Harness.Results;

/// <summary>
/// How far one signal of the twin is from the real one: raw errors, then the error's parts. The
/// parts are those of real(t) ≈ offset + gain · twin(t − delay). Null where the data cannot support
/// it.
/// </summary>
public sealed record DivergenceFigure
{
    /// <summary>Unit of the signal: "rad", "rad/s", "m" or "m/s".</summary>
    public required string Unit { get; init; }

    /// <summary>Root mean square of real − twin.</summary>
    public double? Rmse { get; init; }

    /// <summary>Mean of |real − twin|.</summary>
    public double? Mae { get; init; }

    /// <summary>Largest |real − twin|.</summary>
    public double? MaxAbs { get; init; }

    /// <summary>Static offset: the real signal's zero error.</summary>
    public double? Offset { get; init; }

    /// <summary>Gain, 1 when both move equally far. Null when the twin hardly moved.</summary>
    public double? Gain { get; init; }

    /// <summary>
    /// Delay of the real signal behind the twin's, ms; negative when the real one leads.
    /// </summary>
    [JsonPropertyName("delay_ms")]
    public double? DelayMilliseconds { get; init; }

    /// <summary>
    /// Root mean square that remains after offset, gain and delay: the model error proper.
    /// </summary>
    public double? ResidualRmse { get; init; }

    /// <summary>
    /// The rig against itself: RMSE between repeats of the real signal. Null without repeats.
    /// </summary>
    public double? NoiseFloorRmse { get; init; }

    /// <summary>Samples compared.</summary>
    public long SampleCount { get; init; }

    /// <summary>Interval of <see cref="Rmse"/>.</summary>
    public Interval? RmseInterval { get; init; }

    /// <summary>Interval of <see cref="Offset"/>.</summary>
    public Interval? OffsetInterval { get; init; }

    /// <summary>Interval of <see cref="Gain"/>.</summary>
    public Interval? GainInterval { get; init; }

    /// <summary>Interval of <see cref="DelayMilliseconds"/>.</summary>
    [JsonPropertyName("delayInterval_ms")]
    public Interval? DelayIntervalMilliseconds { get; init; }

    /// <summary>Interval of <see cref="ResidualRmse"/>.</summary>
    public Interval? ResidualRmseInterval { get; init; }

    /// <summary><see cref="Rmse"/> as a multiple of the noise floor; null without one.</summary>
    public double? NoiseFloorMultiple =>
        NoiseFloorRmse is > 0 && Rmse is { } rmse ? rmse / NoiseFloorRmse : null;

    /// <summary>The tolerance band, when the scenario sets one for this signal.</summary>
    public BandFigure? Band { get; init; }
}
