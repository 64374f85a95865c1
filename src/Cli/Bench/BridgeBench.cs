using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using HilRig.Bridge.Host;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Cli.Bench;

/// <summary>
/// `hilrig bench bridge`: paced round trips of command and state between two processes, through the
/// bridge and through one raw TCP connection. The two take turns of a second, so that a busy second
/// of the machine falls on both.
/// </summary>
internal sealed class BridgeBench
{
    private const double NanosecondsPerSecond = 1e9;
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    private readonly IRigClock _clock = RigClock.Create();
    private readonly double _rateHertz;
    private readonly long _periodNanoseconds;
    private readonly int _ticksPerTurn;
    private long _missed;

    private BridgeBench(double rateHertz)
    {
        _rateHertz = rateHertz;
        _periodNanoseconds = (long)(NanosecondsPerSecond / rateHertz);
        _ticksPerTurn = Math.Max(1, (int)rateHertz);
    }

    /// <summary>The command.</summary>
    internal static Command Create()
    {
        Option<double> rate = Ranged(
            "--rate", "Rate of the commands, Hz (10 to 2000).", 1000.0, 10, 2000);
        Option<int> seconds = Ranged(
            "--seconds", "Time of each of the two parts, s (1 to 3600).", 10, 1, 3600);
        Option<int> priority = Ranged(
            "--priority",
            "SCHED_FIFO priority of the loop, 1 to 99; 0 runs at ordinary priority.",
            70, 0, 99);
        Option<int> others = Ranged(
            "--process-priority",
            "SCHED_FIFO priority of all other threads, here and there; 0: none.",
            0, 0, 60);
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var echo = new Option<bool>("--echo")
        {
            Description = "Be the other process of the bench; ends when standard input closes.",
            Hidden = true,
        };
        var command = new Command(
            "bridge", "Round trip of command and state over the bridge, beside raw TCP.")
        {
            rate, seconds, priority, others, json, echo,
        };
        command.SetAction(parsed =>
        {
            // Before the first thread of NetMQ: threads inherit it.
            bool raised = ProcessPriority.Raise().Granted;
            using RealTimeKit kit = RaiseOthers(parsed.GetValue(others));
            if (parsed.GetValue(echo))
            {
                BeEcho();
                return;
            }

            BridgeBenchResult result = new BridgeBench(parsed.GetValue(rate))
                .Measure(
                    parsed.GetValue(seconds), parsed.GetValue(priority), parsed.GetValue(others))
                with
            {
                RaisedPriority = raised,
                ProcessPriority = kit.IsComplete ? parsed.GetValue(others) : 0,
            };
            Console.Out.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(result, Format)
                : Describe(result));
        });
        return command;
    }

    private static Option<T> Ranged<T>(
        string name, string description, T defaultValue, T min, T max)
        where T : IComparable<T>
    {
        var option = new Option<T>(name)
        {
            Description = description,
            DefaultValueFactory = _ => defaultValue,
        };
        option.Validators.Add(result =>
        {
            T? value = result.GetValueOrDefault<T>();
            if (value is null || value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
            {
                result.AddError($"{name} must be {min} to {max}");
            }
        });
        return option;
    }

    private static void BeEcho()
    {
        using var echo = new BridgeEcho(RigClock.Create());
        Console.Out.WriteLine(echo.Address);
        while (Console.In.Read() >= 0)
        {
        }
    }

    private static RealTimeKit RaiseOthers(int priority) => RealTimeKit.Enter(new RealTimeOptions
    {
        FifoPriority = priority,
        MemoryLocking = MemoryLocking.None,
        HoldProcessorLatency = false,
        PrefaultStackBytes = 0,
        LowLatencyCollector = false,
    });

    private BridgeBenchResult Measure(int seconds, int priority, int others)
    {
        using BridgeEchoProcess other = BridgeEchoProcess.Start(others);
        using var warm = new BridgeRoundTrips(
            _clock, other.Endpoint, _periodNanoseconds, _ticksPerTurn);
        warm.Run(Grid());
        LinkCounters counters = warm.Counters;
        warm.Dispose();
        int command = WithHeader(counters.CommandBytes / Math.Max(1, counters.CommandsSent));
        int state = WithHeader(counters.StateBytes / Math.Max(1, counters.StatesReceived));
        BridgeBenchResult? result = null;
        var thread = new Thread(() => result = Compare(other, seconds, priority, (command, state)));
        thread.Start();
        thread.Join();
        return result!;
    }

    private BridgeBenchResult Compare(
        BridgeEchoProcess other, int seconds, int priority, (int Command, int State) bytes)
    {
        int count = seconds * _ticksPerTurn;
        using var bridge = new BridgeRoundTrips(
            _clock, other.Endpoint, _periodNanoseconds, count);
        using var raw = new RawRoundTrips(
            _clock, other.RawPort, bytes.Command, bytes.State, count);
        using RealTimeKit kit = RealTimeKit.Enter(new RealTimeOptions { FifoPriority = priority });
        for (int turn = 0; turn < seconds; turn++)
        {
            GridTickSource grid = Grid();
            bridge.Run(grid);
            GridTickSource control = Grid();
            raw.Run(control);
            _missed += grid.MissedTotal + control.MissedTotal;
        }

        return new BridgeBenchResult(
            _rateHertz,
            BridgeEcho.Options().Joints.Count,
            RoundTripLatency.Of(bridge.Written, bridge.Arrived),
            RoundTripLatency.Of(raw.Written, raw.Arrived),
            bytes.Command,
            bytes.State,
            bridge.Counters.CommandsSuperseded,
            bridge.Counters.StatesSkipped,
            _missed,
            bridge.AllocatedBytes,
            Environment.GetEnvironmentVariable(InlineCompletions) == "1");
    }

    private GridTickSource Grid() => new(
        _clock, _periodNanoseconds, _clock.NowNanoseconds + _periodNanoseconds, _ticksPerTurn);

    // ZMTP 3 frames carry 2 bytes of flags and length up to 255 bytes, 9 beyond.
    private static int WithHeader(long bytes) => (int)bytes + (bytes <= 255 ? 2 : 9);

    private static string Describe(BridgeBenchResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        round trip at {result.RateHertz} Hz, two processes, {result.DofCount} joints, µs
                               p50       p90       p99     p99.9       max  unanswered
          bridge       {Row(result.Bridge)}
          raw TCP      {Row(result.RawSocket)}
          overwritten: commands {result.CommandsSuperseded}, states {result.StatesSkipped}
          bytes per round trip: {result.CommandBytes} + {result.StateBytes}
          missed ticks {result.MissedTicks}, loop allocated {result.AllocatedBytes} bytes
          nice {ProcessPriority.RaisedNice} {(result.RaisedPriority ? "granted" : "not granted")}
          other threads: {(result.ProcessPriority > 0 ? "SCHED_FIFO" : "ordinary")}
          {InlineCompletions} {(result.InlineCompletions ? "on" : "off")}
        """);

    private static string Row(RoundTripLatency trips) =>
        Cell(trips.P50Microseconds) + Cell(trips.P90Microseconds) + Cell(trips.P99Microseconds)
        + Cell(trips.P999Microseconds) + Cell(trips.MaxMicroseconds)
        + string.Create(CultureInfo.InvariantCulture, $"  {trips.Unanswered} of {trips.Sent}");

    private static string Cell(double? microseconds) => microseconds is { } value
        ? value.ToString("F1", CultureInfo.InvariantCulture).PadLeft(10)
        : "-".PadLeft(10);
}
