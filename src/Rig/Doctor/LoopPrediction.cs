using System.Globalization;
using System.Text.Json.Serialization;
using HilRig.Devices.Protocols.Feetech;

namespace HilRig.Rig.Doctor;

/// <summary>
/// The rate that machine and bus allow: one over the sum of what a tick waits for, as things mostly
/// go (p50) and with each at its 99th percentile.
/// </summary>
/// <param name="Buses">The buses it is for, in words.</param>
/// <param name="RateHertz">Rate that 99 of 100 ticks keep, or better, Hz.</param>
/// <param name="TypicalRateHertz">Rate that half of the ticks keep, Hz.</param>
/// <param name="Parts">What a tick waits for, longest first.</param>
public sealed record LoopPrediction(
    [property: JsonPropertyName("buses")] string Buses,
    [property: JsonPropertyName("rate_hz")] double RateHertz,
    [property: JsonPropertyName("typicalRate_hz")] double TypicalRateHertz,
    [property: JsonPropertyName("parts")] IReadOnlyList<LoopPart> Parts)
{
    private const double BitsPerByte = 10;

    // Address and length of a sync read or write; a goal of two bytes and an id for each servo.
    private const int HeadBytes = FeetechPacket.OverheadBytes + 2;
    private const int GoalBytes = 3;
    private const int AnswerBytes = FeetechPacket.OverheadBytes + 15;

    /// <summary>Predicts.</summary>
    /// <param name="buses">
    /// The buses, one after the other as the agent serves them; measured ones count as measured.
    /// </param>
    /// <param name="adapterMicroseconds">
    /// What the adapter adds to each transaction of a bus that was not measured, µs.
    /// </param>
    /// <param name="wake">Wake-up of the loop; null when not measured.</param>
    /// <param name="bridge">Round trip between host and agent; null when not measured.</param>
    public static LoopPrediction Of(
        IReadOnlyList<BusReport> buses,
        double adapterMicroseconds,
        LatencySummary? wake,
        LatencySummary? bridge)
    {
        ArgumentNullException.ThrowIfNull(buses);
        List<LoopPart> parts = [.. buses.SelectMany(bus => PartsOf(bus, adapterMicroseconds))];
        if (wake is not null)
        {
            parts.Add(new("wake-up", wake.P50Microseconds, wake.P99Microseconds));
        }

        if (bridge is not null)
        {
            parts.Add(new(
                "between host and agent", bridge.P50Microseconds, bridge.P99Microseconds));
        }

        return new LoopPrediction(
            Describe(buses),
            1e6 / parts.Sum(part => part.P99Microseconds),
            1e6 / parts.Sum(part => part.P50Microseconds),
            [.. parts.OrderByDescending(part => part.P99Microseconds)]);
    }

    private static IEnumerable<LoopPart> PartsOf(BusReport bus, double adapterMicroseconds)
    {
        int count = bus.Servos.Count;
        double byteMicroseconds = BitsPerByte * 1e6 / bus.Baud;
        double write = (HeadBytes + GoalBytes * count) * byteMicroseconds;
        double wire = (HeadBytes + count + AnswerBytes * count) * byteMicroseconds;
        double pauses = bus.Servos.Sum(servo => servo.ReturnDelayMicroseconds ?? 0);
        double delays = bus.Servos.Sum(servo => servo.ConfiguredReturnDelayMicroseconds);
        yield return new($"{bus.Name}: goals on the wire", write, write);
        yield return new($"{bus.Name}: request and answers on the wire", wire, wire);
        yield return new($"{bus.Name}: return delays of the servos", delays, delays);
        yield return bus.Cycle is { } cycle
            ? new(
                $"{bus.Name}: adapter and scheduling (measured)",
                Math.Max(0, cycle.P50Microseconds - wire - pauses),
                Math.Max(0, cycle.P99Microseconds - wire - pauses))
            : new(
                $"{bus.Name}: adapter (assumed)", adapterMicroseconds, adapterMicroseconds);
    }

    private static string Describe(IReadOnlyList<BusReport> buses) =>
        string.Join("; ", buses.Select(bus => string.Create(
            CultureInfo.InvariantCulture,
            $"{bus.Name}: {bus.Servos.Count} servos at {bus.Baud} bit/s")));
}

/// <summary>One thing a tick waits for.</summary>
/// <param name="Name">In words.</param>
/// <param name="P50Microseconds">How long, half of the time, µs.</param>
/// <param name="P99Microseconds">How long, 99 times of 100, µs.</param>
public sealed record LoopPart(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("p50_us")] double P50Microseconds,
    [property: JsonPropertyName("p99_us")] double P99Microseconds);
