using System.Diagnostics;

namespace HilRig.Learning.Training;

/// <summary>Both clocks of a run, over all processes that worked on it.</summary>
internal sealed class RunClock
{
    private readonly long _began = Stopwatch.GetTimestamp();
    private double _cpuBefore;
    private double _wallBefore;

    /// <summary>Seconds of processor, all threads.</summary>
    public double CpuSeconds => _cpuBefore + Environment.CpuUsage.TotalTime.TotalSeconds;

    /// <summary>Seconds on the wall.</summary>
    public double WallSeconds => _wallBefore + Stopwatch.GetElapsedTime(_began).TotalSeconds;

    /// <summary>Counts what earlier processes used up to the snapshot that goes on.</summary>
    /// <param name="cpuSeconds">Seconds of processor.</param>
    /// <param name="wallSeconds">Seconds on the wall.</param>
    public void Continue(double cpuSeconds, double wallSeconds)
    {
        _cpuBefore = cpuSeconds;
        _wallBefore = wallSeconds;
    }
}
