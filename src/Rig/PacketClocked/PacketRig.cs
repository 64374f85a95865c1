using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Core.Rigs;
using HilRig.Devices.PacketClocked;
using HilRig.Devices.PacketClocked.RealTime;
using HilRig.Core.RealTime;
using HilRig.Harness.Faults;
using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;
using HilRig.Rig.Faults;
using HilRig.Rig.Processes;

namespace HilRig.Rig.PacketClocked;

/// <summary>
/// A rig whose controller sets the pace: its plant, and the emulator where the controller is a
/// virtual one. There is no agent and no guardian: the controller stops by itself when answers stay
/// away, whatever has become of this process.
/// </summary>
public sealed class PacketRig : IDisposable
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(10);
    private const string EventsFile = "emulator-events.jsonl";
    private readonly RigDescription _rig;
    private readonly string _logFolder;
    private ChildProcess? _emulator;
    private FaultDelivery? _delivery;
    private bool _isDisposed;

    private PacketRig(RigDescription rig, string logFolder)
    {
        _rig = rig;
        _logFolder = logFolder;
    }

    /// <summary>The rig as a plant.</summary>
    public PacketPlant Plant { get; private set; } = null!;

    /// <summary>Starts what the rig needs and connects to its controller.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="period">Time between two commands, which must be the controller's.</param>
    /// <param name="logFolder">Takes the emulator's logs.</param>
    /// <param name="faults">What goes wrong on purpose; null for nothing.</param>
    /// <exception cref="RigException">Something cannot start, or the rate is another.</exception>
    public static PacketRig Start(
        RigDescription rig, TimeSpan period, string logFolder, FaultSchedule? faults = null)
    {
        ArgumentNullException.ThrowIfNull(rig);
        var started = new PacketRig(rig, logFolder);
        try
        {
            started.StartAll(period);
            if (faults is not null)
            {
                started.Deliver(faults);
            }

            return started;
        }
        catch
        {
            started.Dispose();
            throw;
        }
    }

    /// <summary>Refuses faults that need servos, an agent or a guardian.</summary>
    /// <param name="plan">The scenario, held against its rig.</param>
    /// <exception cref="ScenarioException">It has such a fault.</exception>
    public static void RequireSupported(ScenarioPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        foreach (ScenarioFault fault in plan.Scenario.Faults)
        {
            if (fault.Rule.Layer == FaultLayer.Bus
                || (fault.Rule.Layer == FaultLayer.Process
                    && fault.Target is not ("host" or "emulator")))
            {
                throw new ScenarioException(
                    "A rig whose controller sets the pace cannot have this fault",
                    fault.Where,
                    "layers bridge, sensor, sim, operator, and process with host or emulator",
                    fault.Describe());
            }
        }
    }

    /// <summary>Asks a rig's controller to leave a latched stop.</summary>
    /// <param name="rig">The rig; its port names the controller.</param>
    /// <exception cref="RigException">The rig's controller lives only for one run.</exception>
    public static void Rearm(RigDescription rig)
    {
        ArgumentNullException.ThrowIfNull(rig);
        if (rig.Buses[0].Port == RigProcesses.VirtualPort)
        {
            throw new ScenarioException(
                "A virtual controller is new in each run; there is nothing to re-arm",
                rig.Path,
                "a port such as udp://127.0.0.1:PORT");
        }

        PacketRearm.Ask(rig.Buses[0].Port, rig.Joints.Count, rig.Digest);
    }

    /// <summary>Why the controller stopped, one sentence; null when it has not.</summary>
    public string? Diagnose()
    {
        ControllerReport report = Plant.Report;
        string figures = FormattableString.Invariant(
            $"longest loss {report.LongestLostInRow} in a row, {report.LostCount} in all, ")
            + FormattableString.Invariant(
                $"control_command_success_rate {report.ControlCommandSuccessRate:0.00}");
        return report.Cause switch
        {
            ControllerStopCause.None or ControllerStopCause.Requested => null,
            ControllerStopCause.AnswersLost =>
                $"the controller stopped: AnswersLost ({figures}). Try: give the loop real time "
                + "(hilrig doctor), look for what kept this process from answering",
            ControllerStopCause.ArmFailed =>
                $"the controller stopped: {report.Cause} ({figures}). Try: look at the arm",
            ControllerStopCause.GoalOutOfRange or ControllerStopCause.GoalTooFast
                or ControllerStopCause.MotionStart =>
                $"the controller stopped: {report.Cause} ({figures}). "
                + "Try: compare the controller's goals with the rig's limits",
        };
    }

    /// <summary>The same as figures, without times; null when it has not stopped by itself.
    /// </summary>
    public StopReport? ObserveStop() => Plant.Report.Cause is
        ControllerStopCause.None or ControllerStopCause.Requested ? null : new StopReport
        {
            Cause = Plant.Report.Cause.ToReason(),
            By = StopActor.Controller,
            Acknowledged = Plant.Report is { Mode: ControllerMode.Stopped, IsAtRest: true },
        };

    /// <summary>
    /// The same with the emulator's own stamps. Known after <see cref="Dispose"/>.
    /// </summary>
    /// <param name="faultNanoseconds">
    /// When the fault behind it was injected, CLOCK_MONOTONIC ns; null when none is known.
    /// </param>
    public StopReport? MeasureStop(long? faultNanoseconds) =>
        ObserveStop() is not { } stop ? null
        : _emulator is null ? stop
        : ControllerStopTimes.Measure(
            stop, Path.Combine(_logFolder, EventsFile), faultNanoseconds);

    /// <summary>How well the controller's packets were answered.</summary>
    public DeviceClockReport ObserveDeviceClock() => new()
    {
        ControlCommandSuccessRate = Plant.Report.ControlCommandSuccessRate,
        ControlCommandSuccessRateMin = Plant.SuccessRateMin,
        AnswersLost = Plant.Report.LostCount,
        LongestLoss = Plant.Report.LongestLostInRow,
        PacketsMissed = Math.Max(0, Plant.MissedPacketCount - Plant.Report.OverrunCount),
        CyclesLeftOut = Plant.Report.OverrunCount,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _delivery?.Dispose();
        Plant?.Dispose();
        _emulator?.AskToEnd();
        _emulator?.AwaitEnd(EndTimeout);
        _emulator?.Dispose();
    }

    private void StartAll(TimeSpan period)
    {
        string endpoint = _rig.Buses[0].Port;
        if (endpoint == RigProcesses.VirtualPort)
        {
            _emulator = StartChild(
                "emulate",
                _rig.Path, "--supervised", "--events", Path.Combine(_logFolder, EventsFile));
            endpoint = _emulator.Ready.Endpoint!;
        }

        Plant = PacketPlant.Connect(new PacketPlantOptions
        {
            Endpoint = endpoint,
            Description = new PlantDescription(
                _rig.Name, [.. _rig.Joints.Select(joint => joint.Describe())]),
            RigDigest = _rig.Digest,
        });
        if (Plant.PeriodNanoseconds != MonotonicClock.Nanoseconds(period))
        {
            throw new ScenarioException(
                "The scenario's rate is not the controller's",
                _rig.Path,
                FormattableString.Invariant($"rate: {1e9 / Plant.PeriodNanoseconds:0.###} Hz"),
                FormattableString.Invariant($"{1 / period.TotalSeconds:0.###} Hz"));
        }
    }

    private void Deliver(FaultSchedule faults)
    {
        if (FaultDelivery.HarmsProcesses(faults) && _emulator is not null)
        {
            _delivery = FaultDelivery.Start(
                faults,
                _rig,
                _emulator,
                StartChild(InflictProcess.Role),
                new Dictionary<string, int> { [_emulator.Ready.Role] = _emulator.Pid });
        }
    }

    private ChildProcess StartChild(string role, params IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(_logFolder);
        var log = new StreamWriter(Path.Combine(_logFolder, role + ".log")) { AutoFlush = true };
        return ChildProcess.Start(role, arguments, ChildEnvironment.Plain, log, ReadyTimeout);
    }
}
