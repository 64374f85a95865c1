using HilRig.Core.Time;

namespace HilRig.Bridge.Clocks;

/// <summary>How a peer's clock is watched.</summary>
public sealed record PeerClockOptions
{
    /// <summary>Time between two questions. Default 100 ms; 10 ms to 10 s.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Questions that are asked without pause at the start, so that the first estimate is good.
    /// Default 16; 0 to 1000.
    /// </summary>
    public int FirstQuestionCount { get; init; } = 16;

    /// <summary>Time before a lost connection is tried again. Default 500 ms.</summary>
    public TimeSpan ReconnectPeriod { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How probes become an estimate.</summary>
    public ClockEstimatorOptions Estimator { get; init; } = new();

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Period, TimeSpan.FromMilliseconds(10));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Period, TimeSpan.FromSeconds(10));
        ArgumentOutOfRangeException.ThrowIfNegative(FirstQuestionCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FirstQuestionCount, 1000);
        ArgumentOutOfRangeException.ThrowIfLessThan(
            ReconnectPeriod, TimeSpan.FromMilliseconds(10));
        Estimator.Validate();
    }
}
