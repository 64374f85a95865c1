namespace HilRig.Harness.RealTime;

/// <summary>Lengths of the phases of a run.</summary>
/// <param name="Moves">
/// Whether there are ramps at all; a recording has only its measured phase.
/// </param>
/// <param name="RampNanoseconds">Shortest approach and return, ns.</param>
/// <param name="SettleNanoseconds">Standing still before the measured phase, ns.</param>
/// <param name="MeasureNanoseconds">Measured phase, ns; long.MaxValue: until the ticks end.</param>
/// <param name="Repeats">How often the measured phase is run.</param>
internal readonly record struct PhaseTimes(
    bool Moves,
    long RampNanoseconds,
    long SettleNanoseconds,
    long MeasureNanoseconds,
    int Repeats);
