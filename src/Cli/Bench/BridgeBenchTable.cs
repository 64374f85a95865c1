using System.Globalization;
using System.Text;

namespace HilRig.Cli.Bench;

/// <summary>What the bridge bench measured, as a table for people.</summary>
internal static class BridgeBenchTable
{
    private const string Own = "bridge";

    /// <summary>The table.</summary>
    /// <param name="result">What was measured.</param>
    public static string Describe(BridgeBenchResult result)
    {
        string granted = result.Granted ? "granted" : "not whole";
        var text = new StringBuilder();
        Line(text, $"lane {result.Lane}, {result.Waiting}, FIFO {result.Priority} {granted}; µs");
        Line(text, $"{"p50",29}{"p90",10}{"p99",10}{"p99.9",10}{"max",10}");
        AppendRows(text, FormattableString.Invariant($"at {result.RateHertz} Hz"), result.Paced);
        AppendRows(text, "closed loop", result.Closed);
        Line(text, $"unanswered {result.Unanswered}");
        if (result.Allocation is { } bytes)
        {
            AppendAllocation(text, bytes);
        }

        return text.ToString().TrimEnd();
    }

    private static void AppendAllocation(StringBuilder text, BridgeAllocation bytes)
    {
        Line(text, $"allocated over {bytes.Cycles} round trips (bytes, collections)");
        Line(text, $"  agent   {bytes.AgentBytes,12} {bytes.AgentCollections,6}");
        Line(text, $"  host    {bytes.HostBytes,12} {bytes.HostCollections,6}");
        if (bytes.RemoteBytes is { } remote)
        {
            double each = (remote + bytes.HostBytes) / (double)bytes.Cycles;
            Line(text, $"  remote  {remote,12} {bytes.RemoteCollections,6}");
            Line(text, $"  host and remote lane, a round trip: {each:0.#} bytes");
        }
    }

    private static void AppendRows(
        StringBuilder text, string part, IReadOnlyDictionary<string, RoundTripLatency> rows)
    {
        foreach ((string name, RoundTripLatency trips) in rows)
        {
            string cells = Cell(trips.P50Microseconds) + Cell(trips.P90Microseconds)
                + Cell(trips.P99Microseconds) + Cell(trips.P999Microseconds)
                + Cell(trips.MaxMicroseconds);
            Line(text, $"  {part,-12} {name,-6}{cells}");
        }

        RoundTripLatency own = rows[Own];
        foreach ((string name, RoundTripLatency control) in rows)
        {
            if (name != Own)
            {
                double? median = own.P50Microseconds / control.P50Microseconds;
                double? tail = own.P99Microseconds / control.P99Microseconds;
                Line(text, $"  {part,-12} bridge / {name}: p50 {median:0.00}, p99 {tail:0.00}");
            }
        }
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

    private static string Cell(double? microseconds) => microseconds is { } value
        ? value.ToString("F1", CultureInfo.InvariantCulture).PadLeft(10)
        : "-".PadLeft(10);
}
