using System.CommandLine;
using System.Globalization;
using HilRig.Core.RealTime;
using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Transports.Posix;

namespace HilRig.Cli.Bench;

/// <summary>
/// `hilrig bench serial`: cycles of a sync write and a sync read of six servos on an unpaced
/// pseudo-terminal, beside a C client that sends and checks the same bytes. Both talk to the same C
/// responder and take turns; who goes first alternates.
/// </summary>
internal sealed class SerialBench
{
    private const int Baud = 1_000_000;
    private const int ServoCount = 6;
    private const double RateTargetHertz = 5_000;
    private const double RatioTarget = 1.3;
    private const int PairsMin = 7;

    private static readonly byte[] Ids = [1, 2, 3, 4, 5, 6];

    private readonly int[] _goals = [2048, 2048, 2048, 2048, 2048, 2048];
    private readonly NativePeer _peer;
    private readonly string _port;
    private readonly long[] _nanoseconds;
    private long _failedCycles;
    private long _allocatedBytes;
    private LoopDisturbance _disturbance;

    private SerialBench(NativePeer peer, string port, int cycles)
    {
        _peer = peer;
        _port = port;
        _nanoseconds = new long[cycles];
    }

    /// <summary>The command.</summary>
    internal static Command Create()
    {
        Option<int> cycles = BenchOptions.Ranged(
            "--cycles", "Cycles of a turn", 5_000, 100, 1_000_000);
        Option<int> pairs = BenchOptions.Ranged("--pairs", "Interleaved pairs", 7, 1, 1000);
        Option<bool> json = BenchOptions.Json();
        var command = new Command(
            "serial", "Cycle time of the serial driver on a pseudo-terminal, beside a C client.")
        {
            cycles, pairs, json,
        };
        command.SetAction(parsed => BenchOptions.Print(
            Measure(parsed.GetValue(pairs), parsed.GetValue(cycles)),
            parsed.GetValue(json),
            Describe));
        return command;
    }

    /// <summary>Measures.</summary>
    /// <param name="pairs">Interleaved pairs.</param>
    /// <param name="cycles">Cycles of a turn.</param>
    /// <exception cref="MissingControl">There is no C compiler.</exception>
    internal static SerialBenchResult Measure(int pairs, int cycles)
    {
        using NativePeer peer = NativePeer.Build("serial-peer.c");
        using var servos = new ServoPeer(peer, ServoCount);
        var bench = new SerialBench(peer, servos.Port, cycles);
        var turns = new List<SerialBenchPair>();
        for (int pair = 0; pair < pairs; pair++)
        {
            SerialCycles? control = pair % 2 == 0 ? null : bench.RunControl();
            bench.RunDriver();
            turns.Add(new SerialBenchPair(
                SerialCycles.Of(bench._nanoseconds), control ?? bench.RunControl()));
        }

        return new SerialBenchResult(
            turns,
            bench.Figures(turns),
            bench._failedCycles,
            (double)bench._allocatedBytes / (pairs * cycles),
            servos.Scheduling,
            bench._disturbance.Describe());
    }

    private IReadOnlyList<BenchFigure> Figures(List<SerialBenchPair> pairs)
    {
        bool isEnough = pairs.Count >= PairsMin;
        double? driver = BenchFigure.Median(pairs.Select(pair => pair.Driver.P50Microseconds));
        return
        [
            new("serial cycle p50", driver, "µs", null),
            new("serial cycle p99",
                BenchFigure.Median(pairs.Select(pair => pair.Driver.P99Microseconds)), "µs", null),
            new("C client's cycle p50",
                BenchFigure.Median(pairs.Select(pair => pair.Client.P50Microseconds)), "µs", null),
            new("serial rate at p50", 1e6 / driver, "Hz", RateTargetHertz, IsCeiling: false),
            new("serial cycle p50 / C client",
                BenchFigure.Median(pairs.Select(pair => pair.Ratio)),
                "×", isEnough ? RatioTarget : null),
            new("serial: bytes allocated a cycle",
                (double)_allocatedBytes / (pairs.Count * _nanoseconds.Length), "bytes", 0),
            new("serial: cycles failed", _failedCycles, "", 0),
        ];
    }

    private SerialCycles RunControl() => SerialCycles.Of(
    [
        .. _peer.Run(
            "cycles",
            _port,
            ServoCount.ToString(CultureInfo.InvariantCulture),
            _nanoseconds.Length.ToString(CultureInfo.InvariantCulture))
            .Select(line => long.Parse(line, CultureInfo.InvariantCulture)),
    ]);

    // As the client: opens the port, warms up for a tenth of the cycles, and closes it again.
    private void RunDriver()
    {
        using var bus = new FeetechBus(
            PosixSerialTransport.Open(_port, Baud), new BusTiming { Baud = Baud });
        var group = new ServoGroup(bus, Ids);
        Cycle(group, _nanoseconds.AsSpan(0, _nanoseconds.Length / 10));
        LoopDisturbance start = LoopDisturbance.Read();
        long before = GC.GetAllocatedBytesForCurrentThread();
        _failedCycles += Cycle(group, _nanoseconds);
        _allocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
        _disturbance = _disturbance.Plus(LoopDisturbance.Read().Since(start));
    }

    private long Cycle(ServoGroup group, Span<long> nanoseconds)
    {
        long failed = 0;
        for (int cycle = 0; cycle < nanoseconds.Length; cycle++)
        {
            long start = MonotonicClock.NowNanoseconds;
            BusStatus written = group.WriteGoals(_goals);
            BusStatus read = group.ReadAll();
            nanoseconds[cycle] = MonotonicClock.NowNanoseconds - start;
            failed += written == BusStatus.Ok && read == BusStatus.Ok ? 0 : 1;
        }

        return failed;
    }

    private static string Describe(SerialBenchResult result)
    {
        string pairs = string.Concat(result.Pairs.Select((pair, index) => string.Create(
            CultureInfo.InvariantCulture,
            $"  pair {index + 1,2}   driver {Row(pair.Driver)}   C client {Row(pair.Client)}\n")));
        string figures = string.Concat(result.Figures.Select(figure => figure.Describe() + "\n"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            cycle of {ServoCount} servos, p50 / p99 / max, µs
            {pairs}{figures}  responder {result.Responder}; {result.Disturbance}
            """);
    }

    private static string Row(SerialCycles cycles) => string.Create(
        CultureInfo.InvariantCulture,
        $"{cycles.P50Microseconds,7:F1}{cycles.P99Microseconds,8:F1}{cycles.MaxMicroseconds,9:F1}");
}
