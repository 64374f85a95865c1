using System.Globalization;

namespace HilRig.Cli.Bench.DeviceClock;

/// <summary>What `hilrig bench device-clock` saw.</summary>
/// <param name="Cycles">Packets answered or lost.</param>
/// <param name="Stops">Why the controller stopped, each time.</param>
/// <param name="AnswersLost">Packets not answered in time, by the controller's count.</param>
/// <param name="LongestLoss">Most of them in a row; 21 stop it.</param>
/// <param name="PacketsMissed">Packets that never reached this process.</param>
/// <param name="CyclesLeftOut">Cycles the emulated controller was too late for.</param>
/// <param name="AnswerMicrosecondsP50">Packet sent to answer arrived, by the controller.</param>
/// <param name="AnswerMicrosecondsP99">The same, 99th percentile.</param>
/// <param name="AnswerMicrosecondsMax">The same, longest.</param>
/// <param name="AllocatedBytes">By the answering thread.</param>
/// <param name="Collections">Garbage collections of this process.</param>
/// <param name="Missing">What the machine refused of the real-time kit.</param>
/// <param name="Figures">The figures with a target.</param>
internal sealed record DeviceClockResult(
    long Cycles,
    IReadOnlyList<string> Stops,
    long AnswersLost,
    int LongestLoss,
    long PacketsMissed,
    long CyclesLeftOut,
    double AnswerMicrosecondsP50,
    double AnswerMicrosecondsP99,
    double AnswerMicrosecondsMax,
    long AllocatedBytes,
    int Collections,
    IReadOnlyList<string> Missing,
    IReadOnlyList<BenchFigure> Figures)
{
    /// <summary>The result as text.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {Cycles} cycles of a packet-clocked controller at 1 kHz
          answer time, µs: p50 {AnswerMicrosecondsP50:F1}, p99 {AnswerMicrosecondsP99:F1}
          longest answer {AnswerMicrosecondsMax:F1} µs
          answers lost {AnswersLost}, longest run {LongestLoss} (21 stop it)
          packets missed {PacketsMissed}
          cycles the emulated controller left out itself {CyclesLeftOut}
          allocated {AllocatedBytes} bytes, {Collections} collections
          stops: {(Stops.Count == 0 ? "none" : string.Join(", ", Stops))}
        {string.Join('\n', Figures.Select(figure => figure.Describe()))}
        {string.Concat(Missing.Select(item => $"  did not get {item}\n"))}
        """);
}
