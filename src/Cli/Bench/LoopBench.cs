using System.CommandLine;
using System.Globalization;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Cli.Bench;

/// <summary>
/// `hilrig bench loop`: how late the grid loop wakes, beside cyclictest. The two take turns, and
/// who goes first alternates, so that a busy second of the machine falls on both; what counts is
/// the median of the pairs' ratios.
/// </summary>
internal sealed class LoopBench
{
    private const double RatioMax = 1.5;
    private const int PairsMin = 7;
    private const int WarmUpTicks = 50;
    private const long WarmUpSleepNanoseconds = 100_000;

    private readonly LoopBenchSettings _settings;
    private readonly IRigClock _clock;
    private readonly long[] _lateness;
    private IReadOnlyList<LoopBenchGrant> _grants = [];
    private long _missed;
    private long _allocatedBytes;
    private LoopDisturbance _disturbance;

    private LoopBench(LoopBenchSettings settings)
    {
        _settings = settings;
        _clock = settings.SpinMicroseconds > 0
            ? new SpinningClock(RigClock.Create(), settings.SpinMicroseconds * 1000L)
            : RigClock.Create();
        _lateness = new long[settings.TicksPerTurn];
    }

    /// <summary>The command.</summary>
    internal static Command Create()
    {
        Option<double> rate = BenchOptions.Ranged("--rate", "Rate, Hz", 1000.0, 10, 10_000);
        Option<int> pairs = BenchOptions.Ranged("--pairs", "Interleaved pairs", 7, 1, 1000);
        Option<double> seconds = BenchOptions.Ranged(
            "--seconds", "Time of each turn, s", 5.0, 0.1, 3600);
        Option<int> priority = BenchOptions.Ranged(
            "--priority", "SCHED_FIFO priority of both; 0 is ordinary", 80, 0, 99);
        Option<int> processor = BenchOptions.Ranged(
            "--processor", "Processor both stay on; -1 for any", -1, -1, 1023);
        Option<int> spin = BenchOptions.Ranged(
            "--spin", "Spin for the last µs before each tick; 0 only sleeps", 0, 0, 900);
        Option<bool> json = BenchOptions.Json();
        var command = new Command(
            "loop", "Wake-up lateness of the control loop, beside cyclictest.")
        {
            rate, pairs, seconds, priority, processor, spin, json,
        };
        command.SetAction(parsed =>
        {
            var settings = new LoopBenchSettings(
                parsed.GetValue(rate),
                parsed.GetValue(pairs),
                parsed.GetValue(seconds),
                parsed.GetValue(priority),
                parsed.GetValue(processor),
                parsed.GetValue(spin));
            BenchOptions.Print(
                new LoopBench(settings).Measure(), parsed.GetValue(json), Describe);
        });
        return command;
    }

    /// <summary>Turns of the grid loop alone: what this machine's wake-up is like.</summary>
    /// <param name="settings">Rate, time and priority.</param>
    internal static LoopBenchTurns MeasureAlone(LoopBenchSettings settings)
    {
        var bench = new LoopBench(settings);
        var all = new List<long>();
        for (int pair = 0; pair < settings.Pairs; pair++)
        {
            bench.RunTurn();
            all.AddRange(bench._lateness);
        }

        return new LoopBenchTurns(WakeLateness.Of([.. all]), bench._missed, bench._grants);
    }

    private LoopBenchResult Measure()
    {
        var pairs = new List<LoopBenchPair>();
        for (int pair = 0; pair < _settings.Pairs; pair++)
        {
            WakeLateness? control = pair % 2 == 0 ? null : RunControl();
            RunTurn();
            pairs.Add(new LoopBenchPair(WakeLateness.Of(_lateness), control ?? RunControl()));
        }

        return new LoopBenchResult(
            _settings.RateHertz,
            _settings.Priority,
            _settings.SpinMicroseconds,
            pairs,
            Figures(pairs),
            _missed,
            _allocatedBytes,
            _disturbance.Describe(),
            _grants);
    }

    private IReadOnlyList<BenchFigure> Figures(List<LoopBenchPair> pairs)
    {
        // The target is for the same sleep call; a spinning loop is another thing.
        double? target =
            _settings.SpinMicroseconds == 0 && pairs.Count >= PairsMin ? RatioMax : null;
        string name = _settings.SpinMicroseconds == 0 ? "wake-up" : "spinning wake-up";
        return
        [
            new($"{name} p50", Of(pairs, pair => pair.Loop.P50Microseconds), "µs", null),
            new($"{name} p99", Of(pairs, pair => pair.Loop.P99Microseconds), "µs", null),
            new("cyclictest p50", Of(pairs, pair => pair.Cyclictest.P50Microseconds), "µs", null),
            new("cyclictest p99", Of(pairs, pair => pair.Cyclictest.P99Microseconds), "µs", null),
            new($"{name} p50 / cyclictest", Of(pairs, pair => pair.RatioP50), "×", target),
            new($"{name} p99 / cyclictest", Of(pairs, pair => pair.RatioP99), "×", target),
            new($"{name}: bytes allocated by the loop", _allocatedBytes, "bytes", 0),
        ];
    }

    private static double? Of(
        IEnumerable<LoopBenchPair> pairs, Func<LoopBenchPair, double> figure) =>
        BenchFigure.Median(pairs.Select(figure));

    private WakeLateness RunControl() => WakeLateness.Of(Cyclictest.Run(
        _settings.PeriodNanoseconds,
        _settings.TicksPerTurn,
        _settings.Priority,
        _settings.Processor));

    // On a thread of its own: the control is started from this one and must not inherit FIFO.
    private void RunTurn()
    {
        var thread = new Thread(() =>
        {
            using RealTimeKit kit = RealTimeKit.Enter(new RealTimeOptions
            {
                FifoPriority = _settings.Priority,
                Processors = _settings.Processor < 0 ? [] : [_settings.Processor],
                WarmUp = WarmUp,
            });
            _grants = [.. kit.Grants.Select(grant =>
                new LoopBenchGrant(grant.Feature.ToString(), grant.Granted, grant.Describe()))];
            GridTickSource grid = GridLateness.Grid(_clock, _settings.PeriodNanoseconds);
            kit.Begin();
            long before = GC.GetAllocatedBytesForCurrentThread();
            _missed += GridLateness.Fill(grid, _lateness);
            _allocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
            _disturbance = _disturbance.Plus(kit.Disturbance);
        })
        {
            Name = "bench loop",
        };
        thread.Start();
        thread.Join();
    }

    private void WarmUp() => GridLateness.Fill(
        GridLateness.Grid(
            _clock, WarmUpSleepNanoseconds + _settings.SpinMicroseconds * 1000L),
        _lateness.AsSpan(0, Math.Min(WarmUpTicks, _lateness.Length)));

    private static string Describe(LoopBenchResult result)
    {
        string pairs = string.Concat(result.Pairs.Select((pair, index) =>
            $"  pair {index + 1,2}   loop {Row(pair.Loop)}   "
            + $"cyclictest {Row(pair.Cyclictest)}\n"));
        string figures = string.Concat(result.Figures.Select(figure => figure.Describe() + "\n"));
        string grants = string.Concat(result.RealTime.Select(grant =>
            $"  {(grant.Granted ? "got" : "did not get")} {grant.Detail}\n"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            wake lateness at {result.RateHertz} Hz, priority {result.Priority}, p50 / p99 / max, µs
            {pairs}{figures}  missed ticks {result.MissedTicks}; {result.Disturbance}
            {grants}
            """);
    }

    private static string Row(WakeLateness wakes) => string.Create(
        CultureInfo.InvariantCulture,
        $"{wakes.P50Microseconds,7:F1}{wakes.P99Microseconds,8:F1}{wakes.MaxMicroseconds,9:F1}");
}
