using System.CommandLine;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Time;
using HilRig.Devices.PacketClocked;
using HilRig.Devices.PacketClocked.RealTime;
using HilRig.Rig.Files;
using HilRig.Rig.PacketClocked;

namespace HilRig.Cli.Bench.DeviceClock;

/// <summary>
/// `hilrig bench device-clock`: answers the packets of an emulated controller in another process,
/// in motion, and prints how many answers were lost and how long they took.
/// </summary>
internal sealed class DeviceClockBench
{
    private const long WarmUpCycles = 1000;
    private const double AmplitudeRadians = 0.2;
    private const double SwingSeconds = 4;
    private readonly RigDescription _rig;
    private readonly long[] _answers;
    private readonly List<string> _stops = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("hilrig-bench-").FullName;
    private int _answerCount;
    private long _cycles;
    private long _lost;
    private int _longest;
    private long _missed;
    private long _leftOut;
    private long _allocated;
    private IReadOnlyList<string> _refused = [];

    private DeviceClockBench(RigDescription rig, int cycles)
    {
        _rig = rig;
        _answers = new long[cycles];
    }

    /// <summary>The command.</summary>
    internal static Command Create()
    {
        Option<int> cycles = BenchOptions.Ranged(
            "--cycles", "Packets to answer, one a millisecond", 10_000, 2000, 10_000_000);
        var rig = new Option<string>("--rig")
        {
            Description = "A virtual packet-clocked rig.",
            DefaultValueFactory = _ => "rigs/arm7-virtual.yaml",
        };
        Option<bool> json = BenchOptions.Json();
        var command = new Command(
            "device-clock", "Answers to an arm whose controller sets the pace at 1 kHz.")
        {
            cycles, rig, json,
        };
        command.SetAction(parsed =>
        {
            var bench = new DeviceClockBench(
                RigFile.Load(parsed.GetRequiredValue(rig)), parsed.GetValue(cycles));
            DeviceClockResult result = bench.Measure();
            BenchOptions.Print(result, parsed.GetValue(json), shown => shown.Describe());
        });
        return command;
    }

    private DeviceClockResult Measure()
    {
        int collections = GC.CollectionCount(0);
        try
        {
            while (_cycles < _answers.Length)
            {
                using PacketRig rig = PacketRig.Start(
                    _rig, TimeSpan.FromMilliseconds(1), _folder);
                var thread = new Thread(() => Answer(rig.Plant));
                thread.Start();
                thread.Join();
                if (rig.Diagnose() is { } stop)
                {
                    _stops.Add(stop);
                }
            }
        }
        finally
        {
            Directory.Delete(_folder, recursive: true);
        }

        Span<long> answers = _answers.AsSpan(0, _answerCount);
        answers.Sort();
        return new DeviceClockResult(
            _cycles,
            _stops,
            _lost,
            _longest,
            _missed,
            _leftOut,
            At(answers, 0.5),
            At(answers, 0.99),
            At(answers, 1),
            _allocated,
            GC.CollectionCount(0) - collections,
            _refused,
            [
                new BenchFigure($"stops in {_cycles} device-clocked cycles", _stops.Count, "", 0),
                new BenchFigure("bytes allocated by the answering thread", _allocated, "bytes", 0),
            ]);
    }

    private void Answer(PacketPlant plant)
    {
        int dofCount = plant.Description.DofCount;
        var state = new JointState(dofCount);
        var command = new JointCommand(dofCount);
        Array.Fill(command.TorqueEnabled, true);
        using RealTimeKit kit = RealTimeKit.Enter(new RealTimeOptions
        {
            CompiledAssemblies = [typeof(RealTimeKit).Assembly, typeof(PacketPlant).Assembly],
            CompiledNamespaces = ["HilRig.Core.Time", "HilRig.Devices.PacketClocked"],
        });
        _refused = [.. kit.Grants.Where(grant => !grant.Granted)
            .Select(grant => $"{grant.Feature}: {grant.Detail}")];
        plant.Start(state);
        double[] home = [.. state.Position];
        long before = 0;
        for (long cycle = 0; _cycles < _answers.Length; cycle++)
        {
            if (cycle == WarmUpCycles)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
            }

            if (!Turn(plant, state, command, home))
            {
                break;
            }
        }

        _allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        ControllerReport report = plant.Report;
        _lost += report.LostCount;
        _longest = Math.Max(_longest, report.LongestLostInRow);
        _leftOut += report.OverrunCount;
        _missed += Math.Max(0, plant.MissedPacketCount - report.OverrunCount);
        plant.Stop(StopReason.Requested);
    }

    private bool Turn(PacketPlant plant, JointState state, JointCommand command, double[] home)
    {
        if (plant.WaitNext(out Tick tick) != TickStatus.Due)
        {
            return false;
        }

        while (plant.TryRead(state) == PlantStatus.Ok)
        {
        }

        double angle = tick.Index * 1e-3 * 2 * Math.PI / SwingSeconds;
        for (int i = 0; i < home.Length; i++)
        {
            command.Position[i] = home[i] + (AmplitudeRadians * 0.5 * (1 - Math.Cos(angle)));
        }

        command.Sequence++;
        PlantStatus status = plant.Write(tick, command);
        _cycles += 1 + tick.MissedCount;
        if (plant.Report.AnswerNanoseconds > 0 && _answerCount < _answers.Length)
        {
            _answers[_answerCount++] = plant.Report.AnswerNanoseconds;
        }

        return status == PlantStatus.Ok;
    }

    private static double At(ReadOnlySpan<long> sorted, double share) => sorted.IsEmpty
        ? double.NaN
        : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)] / 1e3;
}
