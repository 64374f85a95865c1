namespace HilRig.Harness.Results;

/// <summary>
/// Latencies that begin on the host's clock and end on the agent's. They are as uncertain as the
/// offset between the clocks, so a figure below that uncertainty is not told.
/// </summary>
public static class OneWayFigures
{
    private static readonly string[] Keys =
        [LatencyKeys.AgentReceive, LatencyKeys.BusWrite, LatencyKeys.BusReply];

    /// <summary>The result without the figures that its clock cannot support.</summary>
    /// <param name="result">A result.</param>
    public static RunResult Refuse(RunResult result)
    {
        if (result.Bridge?.Clock is not { } clock)
        {
            return result;
        }

        var latency = new Dictionary<string, LatencyFigure>(result.Latency);
        foreach (string key in Keys)
        {
            LatencyFigure figure = latency[key];
            latency[key] = figure with
            {
                P50Microseconds = Above(figure.P50Microseconds, clock),
                P90Microseconds = Above(figure.P90Microseconds, clock),
                P99Microseconds = Above(figure.P99Microseconds, clock),
                P999Microseconds = Above(figure.P999Microseconds, clock),
                MaxMicroseconds = Above(figure.MaxMicroseconds, clock),
            };
        }

        return result with { Latency = latency };
    }

    private static double? Above(double? microseconds, ClockReport clock) =>
        microseconds >= clock.UncertaintyMicroseconds ? microseconds : null;
}
