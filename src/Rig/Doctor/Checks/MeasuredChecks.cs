using System.Globalization;

namespace HilRig.Rig.Doctor.Checks;

/// <summary>What the measured latencies mean for a loop at 1 kHz.</summary>
internal static class MeasuredChecks
{
    private const double WakeWarnMicroseconds = 250;
    private const double WakeFailMicroseconds = 1000;
    private const double PseudoTerminalWarnMicroseconds = 1000;

    /// <summary>Looks.</summary>
    /// <param name="measured">What was measured.</param>
    public static IEnumerable<Finding> Look(DoctorMeasurements measured)
    {
        if (measured.WakeFifo is { } fifo)
        {
            yield return Judge(
                "wake-up", fifo, WakeWarnMicroseconds, WakeFailMicroseconds,
                "how late the loop's thread wakes as SCHED_FIFO, at 1 kHz; p99 over a period is no"
                    + " real time");
        }

        if (measured.WakeOrdinary is { } ordinary)
        {
            yield return new(
                "wake-up-ordinary", Severity.Ok, Text(ordinary),
                "the same at ordinary priority: what threads beside the loop get");
        }

        if (measured.PseudoTerminal is { } terminal)
        {
            yield return Judge(
                "pseudo-terminal", terminal, PseudoTerminalWarnMicroseconds, double.MaxValue,
                "a cycle of six virtual servos without wire time: what driver and kernel cost");
        }

        foreach ((string lane, LatencySummary trip) in measured.Bridge)
        {
            yield return Judge(
                "bridge-" + lane, trip, 2 * WakeFailMicroseconds, double.MaxValue,
                "a command from host to agent and the state that answers it");
        }

        foreach (string sentence in measured.NotMeasured)
        {
            yield return new(
                "not-measured", Severity.Warn, sentence, "what is not measured is not known")
            {
                Rank = 60,
            };
        }
    }

    private static Finding Judge(
        string id, LatencySummary latency, double warnFrom, double failFrom, string why)
    {
        Severity severity = latency.P99Microseconds >= failFrom ? Severity.Fail
            : latency.P99Microseconds >= warnFrom ? Severity.Warn
            : Severity.Ok;
        return new(
            id, severity, Text(latency), why,
            severity == Severity.Ok ? null : "mend what is listed above and below, then look again")
        {
            Rank = 6,
        };
    }

    private static string Text(LatencySummary latency) => string.Create(
        CultureInfo.InvariantCulture,
        $"p50 {latency.P50Microseconds:F0}, p99 {latency.P99Microseconds:F0},"
        + $" max {latency.MaxMicroseconds:F0} µs");
}
