using System.CommandLine;
using HilRig.Bridge.SharedMemory;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Cli.Bench;

/// <summary>
/// `hilrig bench bridge`: round trips of command and state between host and agent, two processes
/// (three over ZeroMQ, as in a run), beside controls that take turns with them, so that a busy
/// second of the machine falls on all.
/// </summary>
internal sealed class BridgeBench
{
    private const double NanosecondsPerSecond = 1e9;
    private const int WarmUpTrips = 1000;
    private const int ClosedTripsPerTurn = 2000;
    private readonly IRigClock _clock = RigClock.Create();
    private readonly BridgeBenchOptions _options;
    private readonly Dictionary<string, List<long>> _paced = [];
    private readonly Dictionary<string, List<long>> _closed = [];
    private readonly long[] _taken;

    private BridgeBench(BridgeBenchOptions options)
    {
        _options = options;
        _taken = new long[Math.Max(ClosedTripsPerTurn, (int)options.RateHertz)];
    }

    /// <summary>The command.</summary>
    internal static Command Create() => BridgeBenchCommand.Create();

    /// <summary>What every process of the bench asks for its loop.</summary>
    /// <param name="priority">SCHED_FIFO priority; 0: ordinary.</param>
    internal static RealTimeOptions Loop(int priority) => new() { FifoPriority = priority };

    /// <summary>Measures one lane.</summary>
    /// <param name="options">Which, and how long.</param>
    internal static BridgeBenchResult Measure(BridgeBenchOptions options)
    {
        var bench = new BridgeBench(options);
        BridgeBenchResult? result = null;
        var thread = new Thread(() => result = bench.Run()) { Name = "bench-host" };
        thread.Start();
        thread.Join();
        return result!;
    }

    private BridgeBenchResult Run()
    {
        string priority = _options.Priority.ToString(
            System.Globalization.CultureInfo.InvariantCulture);
        string[] role = ["bench", "bridge", "--echo", "--priority", priority];
        using BenchPeer echo = BenchPeer.StartSelf(_options.Spins ? [.. role, "--spin"] : role);
        using BenchPeer? remote = _options.Lane == BridgeBenchOptions.ZeroMq
            ? BenchPeer.StartSelf(
                "bench", "bridge", "--remote", echo.FirstLine, "--priority", priority)
            : null;
        LaneWaiting waiting = _options.Spins ? LaneWaiting.Spinning : LaneWaiting.Blocking;
        using var trips = new BridgeTrips(
            _clock, remote?.FirstLine ?? echo.FirstLine, waiting);
        List<BridgeControl> controls = Controls(trips);
        try
        {
            using RealTimeKit kit = RealTimeKit.Enter(Loop(_options.Priority));
            TakeTurns(echo, trips, controls);
            BridgeAllocation? allocation = _options.Cycles > 0
                ? BridgeAllocations.Measure(trips, remote, _options.Cycles, _taken)
                : null;
            return new BridgeBenchResult(
                _options.Lane,
                _options.Spins ? "spinning" : "blocking",
                _options.RateHertz,
                _options.Priority,
                kit.IsComplete,
                Figures(_paced),
                Figures(_closed),
                trips.Unanswered,
                allocation);
        }
        finally
        {
            controls.ForEach(control => control.Dispose());
        }
    }

    private List<BridgeControl> Controls(BridgeTrips trips)
    {
        if (_options.ControlProgram is not { } program)
        {
            return [];
        }

        trips.Run(WarmUpTrips, 0, _taken);
        var counters = trips.Plant.Counters;
        var bytes = (
            (int)(counters.CommandBytes / Math.Max(1, counters.CommandsSent)),
            (int)(counters.StateBytes / Math.Max(1, counters.StatesReceived)));
        string[] kinds = _options.Lane == BridgeBenchOptions.ZeroMq
            ? ["zmq", "tcp"]
            : [_options.Spins ? "spin" : "futex"];
        return [.. kinds.Select(
            kind => new BridgeControl(program, kind, bytes, _options.Priority))];
    }

    private void TakeTurns(BenchPeer echo, BridgeTrips trips, List<BridgeControl> controls)
    {
        int perTurn = (int)_options.RateHertz;
        long period = (long)(NanosecondsPerSecond / _options.RateHertz);
        trips.Run(WarmUpTrips, 0, _taken);
        controls.ForEach(control => control.Run(WarmUpTrips, 0, []));
        for (int turn = 0; turn < _options.Seconds; turn++)
        {
            RunOwn(echo, trips, perTurn, period, _paced);
            RunOwn(echo, trips, ClosedTripsPerTurn, 0, _closed);
            foreach (BridgeControl control in controls)
            {
                control.Run(perTurn, period, At(_paced, control.Kind));
                control.Run(ClosedTripsPerTurn, 0, At(_closed, control.Kind));
            }
        }

        ProcessSignal.Send(echo.Pid, ProcessSignal.Continue);
    }

    private void RunOwn(
        BenchPeer echo, BridgeTrips trips, int count, long period,
        Dictionary<string, List<long>> figures)
    {
        ProcessSignal.Send(echo.Pid, ProcessSignal.Continue);
        int answered = trips.Run(count, period, _taken);
        At(figures, "bridge").AddRange(_taken.AsSpan(0, answered));
        if (_options.Spins)
        {
            ProcessSignal.Send(echo.Pid, ProcessSignal.Stop);
        }
    }

    private static List<long> At(Dictionary<string, List<long>> figures, string name)
    {
        if (!figures.TryGetValue(name, out List<long>? list))
        {
            figures[name] = list = [];
        }

        return list;
    }

    private static Dictionary<string, RoundTripLatency> Figures(
        Dictionary<string, List<long>> figures) =>
        figures.ToDictionary(pair => pair.Key, pair => RoundTripLatency.Of(pair.Value));
}
