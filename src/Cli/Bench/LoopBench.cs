using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Cli.Bench;

/// <summary>
/// `hilrig bench loop`: how late the grid loop wakes, beside a bare clock_nanosleep on the same
/// thread. The two take turns, so that a busy second of the machine falls on both.
/// </summary>
internal sealed class LoopBench
{
    private const double NanosecondsPerSecond = 1e9;
    private const int WarmUpTicks = 200;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    private readonly long _periodNanoseconds;
    private readonly int _ticksPerTurn;
    private readonly IRigClock _clock = RigClock.Create();
    private readonly long[] _grid;
    private readonly long[] _control;
    private long _missed;
    private long _allocatedBytes;

    private LoopBench(double rateHertz, int seconds)
    {
        _periodNanoseconds = (long)(NanosecondsPerSecond / rateHertz);
        _ticksPerTurn = Math.Max(1, (int)rateHertz);
        _grid = new long[seconds * _ticksPerTurn];
        _control = new long[seconds * _ticksPerTurn];
    }

    /// <summary>The command.</summary>
    internal static Command Create()
    {
        var rate = new Option<double>("--rate")
        {
            Description = "Rate of the loop, Hz (1 to 10000).",
            DefaultValueFactory = _ => 1000,
        };
        var seconds = new Option<int>("--seconds")
        {
            Description = "Time of each of the two loops, s (1 to 3600).",
            DefaultValueFactory = _ => 10,
        };
        var priority = new Option<int>("--priority")
        {
            Description = "SCHED_FIFO priority, 1 to 99; 0 runs at ordinary priority.",
            DefaultValueFactory = _ => 70,
        };
        var memory = new Option<MemoryLocking>("--lock")
        {
            Description = "How memory is locked.",
            DefaultValueFactory = _ => MemoryLocking.OnTouch,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        AddRange(rate, 1, 10_000);
        AddRange(seconds, 1, 3600);
        AddRange(priority, 0, 99);
        var command = new Command(
            "loop", "Wake-up lateness of the control loop, beside a bare sleep.")
        {
            rate, seconds, priority, memory, json,
        };
        command.SetAction(parsed =>
        {
            LoopBenchResult result = Measure(
                parsed.GetValue(rate),
                parsed.GetValue(seconds),
                parsed.GetValue(priority),
                parsed.GetValue(memory));
            Console.Out.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(result, Format)
                : Describe(result));
        });
        return command;
    }

    private static void AddRange<T>(Option<T> option, T min, T max)
        where T : IComparable<T> => option.Validators.Add(result =>
        {
            T? value = result.GetValueOrDefault<T>();
            if (value is null || value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            {
                result.AddError($"{option.Name} must be {min} to {max}");
            }
        });

    private static LoopBenchResult Measure(
        double rateHertz, int seconds, int priority, MemoryLocking memory)
    {
        var bench = new LoopBench(rateHertz, seconds);
        LoopBenchResult? result = null;
        var thread = new Thread(() =>
        {
            bench.WarmUp();
            using RealTimeKit kit = RealTimeKit.Enter(new RealTimeOptions
            {
                FifoPriority = priority,
                MemoryLocking = memory,
            });
            bench.Run(seconds);
            result = new LoopBenchResult(
                rateHertz,
                WakeLateness.Of(bench._grid),
                OperatingSystem.IsLinux() ? WakeLateness.Of(bench._control) : null,
                bench._missed,
                bench._allocatedBytes,
                ResidentMemory.Read().ResidentBytes,
                memory.ToString(),
                [.. kit.Grants.Select(grant =>
                    new LoopBenchGrant(
                        grant.Feature.ToString(), grant.Granted, grant.Describe()))]);
        });
        thread.Start();
        thread.Join();
        return result!;
    }

    private void WarmUp()
    {
        var scratch = new long[WarmUpTicks];
        RunGrid(scratch);
        RunGrid(scratch);
        RunControl(scratch);
        _missed = 0;
        _allocatedBytes = 0;
    }

    private void Run(int turns)
    {
        for (int turn = 0; turn < turns; turn++)
        {
            int start = turn * _ticksPerTurn;
            RunGrid(_grid.AsSpan(start, _ticksPerTurn));
            RunControl(_control.AsSpan(start, _ticksPerTurn));
        }
    }

    private void RunGrid(Span<long> lateness)
    {
        var source = new GridTickSource(
            _clock, _periodNanoseconds, _clock.NowNanoseconds + _periodNanoseconds);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < lateness.Length; i++)
        {
            source.WaitNext(out Tick tick);

            // A skipped tick counts as the latency it caused: late from the first one due.
            lateness[i] = tick.WokeNanoseconds - tick.PlannedNanoseconds
                + tick.MissedCount * tick.PeriodNanoseconds;
        }

        _allocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
        _missed += source.MissedTotal;
    }

    private void RunControl(Span<long> lateness)
    {
        if (OperatingSystem.IsLinux())
        {
            BareSleep.Run(_periodNanoseconds, lateness);
        }
    }

    private static string Describe(LoopBenchResult result)
    {
        string grants = string.Concat(result.RealTime.Select(grant =>
            $"  {(grant.Granted ? "got" : "did not get")} {grant.Feature}: {grant.Detail}\n"));
        string control = result.Control is null ? "not on this system" : Row(result.Control);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            wake lateness at {result.RateHertz} Hz, µs     p50       p99       max
              grid loop          {Row(result.Grid)}
              bare sleep         {control}
              missed ticks {result.MissedTicks} of {result.Grid.Count}
              allocated {result.AllocatedBytes} bytes
              resident {result.ResidentBytes / 1e6:F0} MB, memory locked: {result.LockedMemory}
            {grants}
            """);
    }

    private static string Row(WakeLateness wakes) => string.Create(
        CultureInfo.InvariantCulture,
        $"{wakes.P50Microseconds,20:F1}{wakes.P99Microseconds,10:F1}{wakes.MaxMicroseconds,10:F1}");
}
