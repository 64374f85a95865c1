namespace HilRig.Cli.Bench.Gate;

/// <summary>What the gate bench is asked to measure.</summary>
/// <param name="RateHertz">Rate of the paced part, Hz.</param>
/// <param name="Seconds">Turns of a thousand round trips for each.</param>
/// <param name="Priority">SCHED_FIFO priority, here and there; 0: ordinary.</param>
internal sealed record GateBenchOptions(int RateHertz, int Seconds, int Priority);
