using System.Globalization;
using System.Text.Json.Serialization;
using HilRig.Devices.Protocols.Feetech;

namespace HilRig.Rig.Doctor;

/// <summary>The rate that machine and bus allow: one over the sum of what a tick waits for.</summary>
/// <param name="Buses">The buses it is for, in words.</param>
/// <param name="RateHertz">Highest rate, Hz.</param>
/// <param name="Parts">What a tick waits for, longest first.</param>
public sealed record LoopPrediction(
    [property: JsonPropertyName("buses")] string Buses,
    [property: JsonPropertyName("rate_hz")] double RateHertz,
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
    /// <param name="wakeMicroseconds">99th percentile of the wake-up, µs.</param>
    /// <param name="bridgeMicroseconds">
    /// 99th percentile of the round trip between host and agent, µs; null when not measured.
    /// </param>
    public static LoopPrediction Of(
        IReadOnlyList<BusReport> buses,
        double adapterMicroseconds,
        double wakeMicroseconds,
        double? bridgeMicroseconds)
    {
        ArgumentNullException.ThrowIfNull(buses);
        double write = 0;
        double ask = 0;
        double delay = 0;
        double adapter = 0;
        double measured = 0;
        foreach (BusReport bus in buses)
        {
            int count = bus.Servos.Count;
            double byteMicroseconds = BitsPerByte * 1e6 / bus.Baud;
            write += (HeadBytes + GoalBytes * count) * byteMicroseconds;
            double wire = (HeadBytes + count + AnswerBytes * count) * byteMicroseconds;
            double pauses = bus.Servos.Sum(servo => servo.ReturnDelayMicroseconds ?? 0);
            ask += wire;
            delay += pauses;
            double beyond = bus.Cycle is { } cycle
                ? cycle.P99Microseconds - wire - pauses
                : adapterMicroseconds;
            adapter += Math.Max(0, beyond);
            measured += bus.Cycle is null ? 0 : 1;
        }

        string source = measured == buses.Count ? "measured, p99" : "assumed";
        LoopPart[] parts =
        [
            new("goals on the wire", write),
            new("request and answers on the wire", ask),
            new("return delays of the servos", delay),
            new($"adapter and scheduling of the bus ({source})", adapter),
            new("wake-up (p99)", wakeMicroseconds),
            .. bridgeMicroseconds is { } bridge
                ? [new LoopPart("between host and agent (p99)", bridge)]
                : Array.Empty<LoopPart>(),
        ];
        return new LoopPrediction(
            Describe(buses),
            1e6 / parts.Sum(part => part.Microseconds),
            [.. parts.OrderByDescending(part => part.Microseconds)]);
    }

    private static string Describe(IReadOnlyList<BusReport> buses) =>
        string.Join("; ", buses.Select(bus => string.Create(
            CultureInfo.InvariantCulture,
            $"{bus.Name}: {bus.Servos.Count} servos at {bus.Baud} bit/s")));
}

/// <summary>One thing a tick waits for.</summary>
/// <param name="Name">In words.</param>
/// <param name="Microseconds">How long, µs.</param>
public sealed record LoopPart(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("us")] double Microseconds);
