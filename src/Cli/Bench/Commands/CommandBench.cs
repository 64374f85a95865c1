using System.CommandLine;
using System.Globalization;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Rig.Processes;

namespace HilRig.Cli.Bench.Commands;

/// <summary>
/// `hilrig bench command`: from the host's loop to bytes at the servos, at 1 kHz, through the real
/// agent and guardian in their own processes; beside a C program that writes the same packet to
/// such servos on the same kind of grid. The servos are a C process that stamps what arrives.
/// </summary>
internal sealed class CommandBench
{
    private const int ServoCount = 6;
    private const int Priority = 70;
    private const int PairsMin = 7;
    private const double P50TargetMicroseconds = 150;
    private const double P99RatioTarget = 2;
    private const string Period = "1000000";

    private readonly NativePeer _peer;
    private readonly int _count;
    private readonly int _pairs;
    private readonly long[] _sent;
    private readonly int[] _goals;
    private readonly List<string[]> _control = [];

    private CommandBench(NativePeer peer, int pairs, int count)
    {
        _peer = peer;
        _pairs = pairs;
        _count = count;
        _sent = new long[pairs * count];
        _goals = new int[pairs * count];
    }

    /// <summary>The command.</summary>
    internal static Command Create()
    {
        Option<int> pairs = BenchOptions.Ranged("--pairs", "Interleaved pairs", 7, 1, 1000);
        Option<int> seconds = BenchOptions.Ranged("--seconds", "Time of a turn, s", 3, 1, 600);
        Option<bool> json = BenchOptions.Json();
        var command = new Command(
            "command", "From a command of the host to bytes at the servos, beside a raw tty.")
        {
            pairs, seconds, json,
        };
        command.SetAction(parsed =>
        {
            using NativePeer peer = NativePeer.Build("serial-peer.c");
            var bench = new CommandBench(
                peer, parsed.GetValue(pairs), parsed.GetValue(seconds) * 1000);
            BenchOptions.Print(bench.Measure(), parsed.GetValue(json), Describe);
        });
        return command;
    }

    private CommandBenchResult Measure()
    {
        using var servos = new ServoPeer(_peer, ServoCount);
        using var others = new ServoPeer(_peer, ServoCount);
        using var rig = new BenchRig(servos.Port);
        using RigProcesses processes = RigProcesses.Start(
            rig.Description, TimeSpan.FromMilliseconds(1), rig.Logs);
        var turns = new CommandTurns(processes.Plant);
        for (int pair = 0; pair < _pairs; pair++)
        {
            if (pair % 2 == 1)
            {
                RunControl(others.Port);
            }

            RunTurn(turns, pair);
            if (pair % 2 == 0)
            {
                RunControl(others.Port);
            }
        }

        string endpoint = processes.Endpoint;
        IReadOnlyList<string> remarks = processes.AgentRemarks;
        processes.Dispose();
        List<CommandBenchPair> pairs = Pair(servos.End(), others.End(), out int arrived);
        return new CommandBenchResult(
            endpoint,
            pairs,
            Figures(pairs, arrived, turns),
            _sent.Length,
            arrived,
            turns.MissedTicks,
            servos.Scheduling,
            remarks);
    }

    private void RunControl(string port) => _control.Add(_peer.Run(
        "writes",
        port,
        ServoCount.ToString(CultureInfo.InvariantCulture),
        _count.ToString(CultureInfo.InvariantCulture),
        Period,
        Priority.ToString(CultureInfo.InvariantCulture)));

    // On a thread of its own, whose priority the control's process must not inherit.
    private void RunTurn(CommandTurns turns, int pair)
    {
        RigException? fault = null;
        var thread = new Thread(() =>
        {
            using RealTimeKit kit = RealTimeKit.Enter(new RealTimeOptions
            {
                FifoPriority = Priority,
            });
            try
            {
                if (pair == 0)
                {
                    turns.WarmUp();
                }

                turns.Run(
                    _sent.AsSpan(pair * _count, _count), _goals.AsSpan(pair * _count, _count));
            }
            catch (RigException error)
            {
                fault = error;
            }
        })
        {
            Name = "bench loop",
        };
        thread.Start();
        thread.Join();
        if (fault is not null)
        {
            throw fault;
        }
    }

    private List<CommandBenchPair> Pair(
        IReadOnlyList<(long Nanoseconds, int Goal)> arrivals,
        IReadOnlyList<(long Nanoseconds, int Goal)> controlArrivals,
        out int arrived)
    {
        if (controlArrivals.Count != _control.Sum(turn => turn.Length))
        {
            throw new MissingControl(
                "serial-peer",
                $"{controlArrivals.Count} of {_control.Sum(turn => turn.Length)} writes arrived",
                "this is a bug of the bench");
        }

        arrived = 0;
        int at = 0;
        var pairs = new List<CommandBenchPair>();
        for (int pair = 0; pair < _pairs; pair++)
        {
            List<long> latency = CommandTurns.Match(
                _sent.AsSpan(pair * _count, _count),
                _goals.AsSpan(pair * _count, _count),
                arrivals);
            if (latency.Count == 0)
            {
                throw new DeviceException(
                    "no command reached the servos", expected: "some", found: "none",
                    remedy: "run `hilrig doctor`");
            }

            arrived += latency.Count;
            long[] control = new long[_control[pair].Length];
            for (int i = 0; i < control.Length; i++)
            {
                control[i] = controlArrivals[at++].Nanoseconds
                    - ServoPeer.Stamp(_control[pair][i]).Nanoseconds;
            }

            pairs.Add(new CommandBenchPair(
                WakeLateness.Of([.. latency]), WakeLateness.Of(control)));
        }

        return pairs;
    }

    private IReadOnlyList<BenchFigure> Figures(
        List<CommandBenchPair> pairs, int arrived, CommandTurns turns)
    {
        double? Of(Func<CommandBenchPair, double> figure) =>
            BenchFigure.Median(pairs.Select(figure));
        bool isEnough = pairs.Count >= PairsMin;
        return
        [
            new("command to servo bytes p50", Of(pair => pair.Command.P50Microseconds), "µs",
                P50TargetMicroseconds),
            new("command to servo bytes p99", Of(pair => pair.Command.P99Microseconds), "µs", null),
            new("raw tty p50", Of(pair => pair.RawTerminal.P50Microseconds), "µs", null),
            new("raw tty p99", Of(pair => pair.RawTerminal.P99Microseconds), "µs", null),
            new("command to servo bytes p99 / raw tty",
                Of(pair => pair.Command.P99Microseconds / pair.RawTerminal.P99Microseconds),
                "×", isEnough ? P99RatioTarget : null),
            new("commands that did not arrive", 100.0 * (_sent.Length - arrived) / _sent.Length,
                "%", null),
            new("command: bytes allocated by the host's loop", turns.AllocatedBytes, "bytes", 0),
        ];
    }

    private static string Describe(CommandBenchResult result)
    {
        string pairs = string.Concat(result.Pairs.Select((pair, index) =>
            $"  pair {index + 1,2}   command {Row(pair.Command)}   "
            + $"raw tty {Row(pair.RawTerminal)}\n"));
        string figures = string.Concat(result.Figures.Select(figure => figure.Describe() + "\n"));
        string remarks = string.Concat(
            result.AgentRemarks.Select(remark => $"  the agent did not get {remark}\n"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            host's loop to bytes at the servos, 1 kHz, {result.Endpoint}, p50 / p99 / max, µs
            {pairs}{figures}  servos {result.Responder}, {result.LateTicks} ticks a period late
            {remarks}
            """);
    }

    private static string Row(WakeLateness latency) => string.Create(
        CultureInfo.InvariantCulture,
        $"{latency.P50Microseconds,7:F1}{latency.P99Microseconds,8:F1}"
        + $"{latency.MaxMicroseconds,9:F1}");
}
