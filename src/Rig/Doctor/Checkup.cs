using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Rig.Doctor.Checks;
using HilRig.Rig.Doctor.Probes;

namespace HilRig.Rig.Doctor;

/// <summary>Puts files, measurements and the rig's buses together into a report.</summary>
public static class Checkup
{
    private const double TimerCapMicroseconds = 1000;

    // Without a rig: the arm most people have.
    private static readonly BusReport SixServos = new(
        "an SO-101",
        "none",
        1_000_000,
        [.. Enumerable.Range(1, 6).Select(id => new ServoReport(id, $"joint{id}", true, 0, 0))],
        null,
        0);

    /// <summary>What the machine's files say.</summary>
    /// <param name="files">The machine.</param>
    public static IReadOnlyList<Finding> Look(MachineFiles files) => Finding.Sort(
    [
        .. KernelCheck.Look(files),
        .. ProcessorCheck.Look(files),
        .. RightsCheck.Look(files),
        .. SerialCheck.Look(files),
    ]);

    /// <summary>Makes the report.</summary>
    /// <param name="files">The machine.</param>
    /// <param name="measured">What was measured on it.</param>
    /// <param name="rig">The rig; null for none.</param>
    /// <param name="folder">Where runs are recorded.</param>
    public static DoctorReport Make(
        MachineFiles files, DoctorMeasurements measured, RigDescription? rig, string folder)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(measured);
        var findings = new List<Finding>(Look(files));
        findings.AddRange(StorageProbe.Run(folder));
        findings.AddRange(MeasuredChecks.Look(measured));
        IReadOnlyList<BusReport> buses = [];
        if (rig is not null)
        {
            try
            {
                buses = AsAnAgent(() => RigBusProbe.Run(rig));
                findings.AddRange(buses.SelectMany(BusCheck.Look));
            }
            catch (RigException error)
            {
                findings.Add(BusCheck.Unreachable(rig, error));
            }
        }

        return new DoctorReport
        {
            Machine = Summarize(files),
            Rig = rig?.Name,
            Findings = Finding.Sort(findings),
            Measurements = measured,
            Buses = buses,
            Prediction = Predict(files, measured, buses),
        };
    }

    /// <summary>The rate that a rig's buses, or an SO-101 for want of one, allow here.</summary>
    /// <param name="files">The machine.</param>
    /// <param name="measured">What was measured on it.</param>
    /// <param name="buses">The rig's buses; empty for none.</param>
    internal static LoopPrediction Predict(
        MachineFiles files, DoctorMeasurements measured, IReadOnlyList<BusReport> buses)
    {
        double timer = SerialCheck.Ports(files)
            .Select(port => files.Number($"/sys/class/tty/{port}/device/latency_timer") ?? 0)
            .DefaultIfEmpty(1).Max();
        return LoopPrediction.Of(
            buses.Count > 0 ? buses : [SixServos],
            Math.Max(1, timer) * TimerCapMicroseconds,
            measured.WakeFifo ?? measured.WakeOrdinary,
            measured.Bridge.Values.MinBy(lane => lane.P50Microseconds));
    }

    // A RigException crosses the thread; anything else is a bug and ends the process there.
    private static T AsAnAgent<T>(Func<T> ask)
    {
        T? answer = default;
        RigException? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                using RealTimeKit kit = RealTimeKit.Enter(new RealTimeOptions());
                answer = ask();
            }
            catch (RigException error)
            {
                fault = error;
            }
        });
        thread.Start();
        thread.Join();
        return fault is null ? answer! : throw fault;
    }

    private static MachineSummary Summarize(MachineFiles files)
    {
        string[] lines = (files.Text("/proc/cpuinfo") ?? "").Split('\n');
        string? model = lines.FirstOrDefault(line =>
            line.StartsWith("model name", StringComparison.Ordinal)
            || line.StartsWith("Model", StringComparison.Ordinal));
        return new MachineSummary(
            files.Text("/proc/sys/kernel/osrelease") ?? "unknown",
            KernelCheck.Preemption(files),
            model?.Split(':', 2)[^1].Trim() ?? "unknown",
            ProcessorCheck.Processors(files).Count);
    }
}
