using HilRig.Cli.Bench;
using HilRig.Core.RealTime;
using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Transports.Posix;
using HilRig.Rig.Doctor;

namespace HilRig.Cli.Doctor;

/// <summary>What `hilrig doctor` measures, with the parts of the benches.</summary>
internal sealed class DoctorProbes
{
    private const double RateHertz = 1000;
    private const int Priority = 80;
    private const int Baud = 1_000_000;
    private const int Cycles = 2_000;
    private const int BlockBytes = 15;
    private static readonly TimeSpan BridgePatience = TimeSpan.FromSeconds(60);
    private readonly List<string> _notMeasured = [];
    private readonly double _seconds;

    private DoctorProbes(double seconds)
    {
        _seconds = seconds;
    }

    /// <summary>Measures everything.</summary>
    /// <param name="seconds">Time of each wake-up measurement, s.</param>
    /// <param name="skipsBridge">Whether to leave the bridge out.</param>
    internal static DoctorMeasurements Run(double seconds, bool skipsBridge)
    {
        var probes = new DoctorProbes(seconds);
        LatencySummary? fifo = probes.WakeUp(Priority);
        LatencySummary? ordinary = probes.WakeUp(0);
        LatencySummary? terminal = PseudoTerminal();
        Dictionary<string, LatencySummary> bridge = skipsBridge ? [] : probes.Bridge();
        if (skipsBridge)
        {
            probes._notMeasured.Add("bridge: left out (--skip-bridge)");
        }

        return new DoctorMeasurements
        {
            WakeFifo = fifo,
            WakeOrdinary = ordinary,
            PseudoTerminal = terminal,
            Bridge = bridge,
            NotMeasured = probes._notMeasured,
        };
    }

    private LatencySummary? WakeUp(int priority)
    {
        LoopBenchTurns turns = LoopBench.MeasureAlone(
            new LoopBenchSettings(RateHertz, 1, _seconds, priority));
        bool isRefused = turns.RealTime.Any(grant =>
            grant.Feature == nameof(RealTimeFeature.FifoScheduling) && !grant.Granted);
        if (isRefused)
        {
            _notMeasured.Add("wake-up as SCHED_FIFO: the machine refuses it");
            return null;
        }

        WakeLateness wakes = turns.Lateness;
        return new LatencySummary(
            wakes.Count, wakes.P50Microseconds, wakes.P99Microseconds, wakes.MaxMicroseconds);
    }

    private static LatencySummary? PseudoTerminal()
    {
        byte[] ids = [1, 2, 3, 4, 5, 6];
        int[] goals = [.. ids.Select(_ => 2048)];
        using var terminal = HilRig.Devices.Transports.Posix.PseudoTerminal.Open(Baud);
        using var servos = new InstantServos(terminal, ids, BlockBytes);
        using var bus = new FeetechBus(
            PosixSerialTransport.Open(terminal.SlavePath, Baud), new BusTiming { Baud = Baud });
        var group = new ServoGroup(bus, ids);
        using RealTimeKit kit = RealTimeKit.Enter(new RealTimeOptions());
        var spent = new List<long>(Cycles);
        for (int cycle = -Cycles / 10; cycle < Cycles; cycle++)
        {
            long start = MonotonicClock.NowNanoseconds;
            BusStatus written = group.WriteGoals(goals);
            BusStatus read = group.ReadAll();
            if (cycle >= 0 && written == BusStatus.Ok && read == BusStatus.Ok)
            {
                spent.Add(MonotonicClock.NowNanoseconds - start);
            }
        }

        return LatencySummary.Of([.. spent]);
    }

    // In a process of its own, as a user would: the bench has two processes and their own settings.
    private Dictionary<string, LatencySummary> Bridge()
    {
        var lanes = new Dictionary<string, LatencySummary>();
        foreach (string lane in BridgeLanes.Names)
        {
            if (BridgeLanes.TryMeasure(
                lane, BridgePatience, out LatencySummary? trip, out string? why))
            {
                lanes[lane] = trip;
            }
            else
            {
                _notMeasured.Add($"bridge, lane {lane}: {why}");
            }
        }

        return lanes;
    }
}
