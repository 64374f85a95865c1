using System.CommandLine;
using System.Text.Json;
using HilRig.Core.RealTime;

namespace HilRig.Cli.Bench;

/// <summary>The command line of the bridge bench.</summary>
internal static class BridgeBenchCommand
{
    // What the threads that are not the loop run at where it is FIFO, as in a run.
    private const int SupportingPriority = 1;

    private const int SpinProcessors = 4;
    private const string InlineCompletions = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
    };

    private static readonly Option<bool> Spin = new("--spin")
    {
        Description = "Wait by spinning (shm): needs a processor for each process.",
    };

    private static readonly Option<int> Priority = Ranged(
        "--priority", "SCHED_FIFO priority of the loops and controls, 0 for ordinary.", 70, 0, 99);

    private static readonly Option<bool> Echo = Role<bool>("--echo");
    private static readonly Option<string?> Remote = Role<string?>("--remote");
    private static readonly Option<string?> Drive = Role<string?>("--drive");
    private static readonly Option<string?> Watch = Role<string?>("--watch");

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var lane = new Option<string>("--lane")
        {
            Description = "shm or zmq.",
            DefaultValueFactory = _ => BridgeBenchOptions.SharedMemory,
        };
        lane.AcceptOnlyFromAmong(BridgeBenchOptions.SharedMemory, BridgeBenchOptions.ZeroMq);
        Option<int> rate = Ranged("--rate", "Rate of the paced part, Hz.", 1000, 10, 10_000);
        Option<int> seconds = Ranged("--seconds", "Turns of a second for each.", 10, 1, 3600);
        Option<int> cycles = Ranged(
            "--cycles", "Count allocations over so many round trips.", 0, 0, 100_000_000);
        var control = new Option<string?>("--control")
        {
            Description = "The built bench/bridge/control.cpp ('bench/bridge/run' builds it).",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command(
            "bridge", "Round trip of command and state, beside a bare one of the same kind.")
        {
            lane, Spin, rate, seconds, Priority, cycles, control, json, Echo, Remote, Drive,
            Watch,
        };
        command.SetAction(parsed =>
        {
            // Spinning threads above everything else need processors of their own.
            int priority = parsed.GetValue(Spin) && Environment.ProcessorCount < SpinProcessors
                ? 0
                : parsed.GetValue(Priority);
            using RealTimeKit others = EnterProcess(priority);
            if (TakeRole(parsed, priority))
            {
                return;
            }

            BridgeBenchResult result = BridgeBench.Measure(new BridgeBenchOptions(
                parsed.GetRequiredValue(lane),
                parsed.GetValue(Spin) && parsed.GetRequiredValue(lane) != BridgeBenchOptions.ZeroMq,
                parsed.GetValue(rate),
                parsed.GetValue(seconds),
                priority,
                parsed.GetValue(cycles),
                parsed.GetValue(control)));
            Console.Out.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(result, Format)
                : BridgeBenchTable.Describe(result));
        });
        return command;
    }

    private static bool TakeRole(ParseResult parsed, int priority)
    {
        if (parsed.GetValue(Echo))
        {
            BridgePeers.BeEcho(parsed.GetValue(Spin), priority);
            return true;
        }

        if (parsed.GetValue(Remote) is { } agent)
        {
            BridgePeers.BeRemote(agent);
            return true;
        }

        if (parsed.GetValue(Drive) is { } driven)
        {
            BridgePeers.BeDriver(driven);
            return true;
        }

        if (parsed.GetValue(Watch) is { } watched)
        {
            BridgePeers.BeObserver(watched);
            return true;
        }

        return false;
    }

    /// <summary>Prepares a process of a bench, before its first socket, as in a run.</summary>
    /// <param name="priority">SCHED_FIFO priority of its loop; 0: ordinary.</param>
    internal static RealTimeKit EnterProcess(int priority)
    {
        Environment.SetEnvironmentVariable(InlineCompletions, "1");
        return RealTimeKit.Enter(new RealTimeOptions
        {
            FifoPriority = priority == 0 ? 0 : SupportingPriority,
            MemoryLocking = MemoryLocking.None,
            HoldProcessorLatency = false,
            PrefaultStackBytes = 0,
            LowLatencyCollector = false,
        });
    }

    /// <summary>An option by which this program becomes another process of a bench.</summary>
    /// <param name="name">Its name.</param>
    internal static Option<T> Role<T>(string name) => new(name)
    {
        Description = "Be another process of the bench.",
        Hidden = true,
    };

    private static Option<int> Ranged(
        string name, string description, int defaultValue, int min, int max)
    {
        var option = new Option<int>(name)
        {
            Description = $"{description} {min} to {max}.",
            DefaultValueFactory = _ => defaultValue,
        };
        option.Validators.Add(result =>
        {
            int value = result.GetValueOrDefault<int>();
            if (value < min || value > max)
            {
                result.AddError($"{name} must be {min} to {max}");
            }
        });
        return option;
    }
}
