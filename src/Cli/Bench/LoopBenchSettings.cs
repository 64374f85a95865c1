namespace HilRig.Cli.Bench;

/// <summary>How the loop bench runs.</summary>
/// <param name="RateHertz">Rate of both loops, Hz.</param>
/// <param name="Pairs">Turns of each.</param>
/// <param name="SecondsPerTurn">Time of a turn, s.</param>
/// <param name="Priority">SCHED_FIFO priority; 0 for ordinary scheduling.</param>
/// <param name="Processor">Processor to stay on; -1 for any.</param>
/// <param name="SpinMicroseconds">How long before a tick the loop spins, µs; 0 only sleeps.</param>
internal sealed record LoopBenchSettings(
    double RateHertz,
    int Pairs,
    double SecondsPerTurn,
    int Priority,
    int Processor = -1,
    int SpinMicroseconds = 0)
{
    /// <summary>Period, ns: whole microseconds, for cyclictest takes no others.</summary>
    public long PeriodNanoseconds => (long)Math.Round(1e6 / RateHertz) * 1000;

    /// <summary>Ticks of a turn.</summary>
    public int TicksPerTurn => Math.Max(1, (int)(SecondsPerTurn * RateHertz));
}
