using System.Diagnostics;
using HilRig.Bridge.Host;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Devices.Guardian;
using HilRig.Harness.Faults;
using HilRig.Harness.Results;
using HilRig.Rig.Faults;
using HilRig.Rig.Stops;

namespace HilRig.Rig.Processes;

/// <summary>
/// The local processes of one rig (emulator, guardian, agent) and the plant they make. Ends them in
/// the reverse order; when this process dies they end by themselves.
/// </summary>
public sealed class RigProcesses : IDisposable
{
    /// <summary>Port of a bus that is emulated.</summary>
    internal const string VirtualPort = "virtual";

    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LostTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(20);

    // Ports, then posture, then lowering, each with a guardian's patience.
    private static readonly TimeSpan TakeoverTimeout = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan PostureLook = TimeSpan.FromMilliseconds(20);
    private readonly string _logFolder;
    private readonly bool _isBusTcp;
    private ChildProcess? _emulator;
    private ChildProcess? _guardian;
    private ChildProcess? _agent;
    private FaultDelivery? _delivery;
    private HeartbeatPage? _page;
    private StopFacts? _stop;
    private bool _isDisposed;

    private RigProcesses(RigDescription rig, string logFolder, bool isBusTcp)
    {
        Rig = rig;
        _logFolder = logFolder;
        _isBusTcp = isBusTcp;
    }

    /// <summary>The rig, with the ports its buses really hang on.</summary>
    public RigDescription Rig { get; private set; }

    /// <summary>The rig as a plant.</summary>
    public RemotePlant Plant { get; private set; } = null!;

    /// <summary>
    /// What went wrong while the processes ended, one sentence; null for nothing. Known after
    /// <see cref="Dispose"/>.
    /// </summary>
    public string? Aftermath { get; private set; }

    /// <summary>Address of the agent, which names the lane.</summary>
    public string Endpoint => _agent?.Ready.Endpoint ?? "";

    /// <summary>What the agent could not get of the real-time kit.</summary>
    public IReadOnlyList<string> AgentRemarks => _agent?.Ready.Remarks ?? [];

    /// <summary>Process ids by role, for messages and tests.</summary>
    public IReadOnlyDictionary<string, int> ProcessIds { get; private set; } =
        new Dictionary<string, int>();

    /// <summary>
    /// Cancelled when the guardian has ended: then nobody owns the stop, and nothing may move.
    /// </summary>
    public CancellationToken Unguarded => _guardian?.Ended ?? CancellationToken.None;

    /// <summary>
    /// Why the rig stopped or is gone, one sentence; null when nothing is known. Whoever is
    /// bringing the rig to its safe posture is waited for: before, nobody knows whether it is safe.
    /// </summary>
    public string? Diagnose()
    {
        long began = Stopwatch.GetTimestamp();
        while (IsPostureOpen()
            && Stopwatch.GetElapsedTime(began) < TakeoverTimeout
            && !Unguarded.WaitHandle.WaitOne(PostureLook))
        {
        }

        return StopDiagnosis.Of(Rig, Plant.Report, _page, _logFolder);
    }

    /// <summary>
    /// What agent and guardian wrote of the stop. Known after <see cref="Dispose"/>; null when they
    /// were never started.
    /// </summary>
    public StopFacts? Stop => _stop;

    /// <summary>Why and by whom the rig was stopped; null while nobody has stopped it.</summary>
    public StopReport? ObserveStop() => StopDiagnosis.Observe(Plant.Report, _page);

    /// <summary>
    /// How soon a virtual arm stopped; null when nothing stopped it. Known after
    /// <see cref="Dispose"/>.
    /// </summary>
    /// <param name="faultNanoseconds">
    /// When the fault behind it was injected, CLOCK_MONOTONIC ns; null when none is known.
    /// </param>
    public StopReport? MeasureStop(long? faultNanoseconds) => _stop is null
        ? null
        : StopMeter.Measure(_stop, Rig, EventsPath, faultNanoseconds);

    /// <summary>Starts what the rig needs and connects to its agent.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="period">Time between two commands.</param>
    /// <param name="logFolder">Takes the children's logs.</param>
    /// <param name="faults">What goes wrong on purpose; null for nothing.</param>
    /// <param name="isBusTcp">
    /// Whether an emulated bus is on TCP: a pseudo-terminal's bytes wait for a kernel worker of
    /// ordinary priority, whatever the priority of who writes and reads them.
    /// </param>
    /// <exception cref="RigException">
    /// Something cannot start; carries the child's own words.
    /// </exception>
    public static RigProcesses Start(
        RigDescription rig,
        TimeSpan period,
        string logFolder,
        FaultSchedule? faults = null,
        bool isBusTcp = false)
    {
        var processes = new RigProcesses(rig, logFolder, isBusTcp);
        try
        {
            processes.StartAll(period);
            if (faults is not null)
            {
                processes.Deliver(faults);
            }

            return processes;
        }
        catch
        {
            processes.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Ends the agent (which leaves the rig in its safe posture), then the guardian, then the
    /// emulator.
    /// </summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        bool hasGuardianDied = Unguarded.IsCancellationRequested;
        _delivery?.Dispose();
        Plant?.Dispose();
        _agent?.AskToEnd();
        int? agentExit = _agent?.AwaitEnd(EndTimeout);
        _guardian?.AskToEnd();
        int? guardianExit = _guardian?.AwaitEnd(EndTimeout);
        Aftermath = AftermathOf(agentExit, guardianExit);
        _emulator?.AskToEnd();
        _emulator?.AwaitEnd(EndTimeout);
        _agent?.Dispose();
        _guardian?.Dispose();
        _emulator?.Dispose();
        if (_page is not null)
        {
            _stop = StopFacts.Read(_page) with { HasGuardianDied = hasGuardianDied };
            string path = _page.Path;
            _page.Dispose();
            File.Delete(path);
            _page = null;
        }
    }

    private void StartAll(TimeSpan period)
    {
        var ports = new List<string>();
        string? stateFolder = null;
        if (Rig.Buses.Any(bus => bus.Port == VirtualPort))
        {
            _emulator = StartChild("emulate", EmulatorArguments(), ChildEnvironment.Plain);
            ports.Add($"{Rig.Buses[0].Name}={_emulator.Ready.Endpoint}");
            Rig = ProcessArguments.WithPorts(Rig, ports);
            stateFolder = _logFolder;
        }

        RigKey key = RigKey.Of(Rig, stateFolder);
        new RigLatch(key).RequireClear();
        _page = HeartbeatPage.Create(key.PathOf($".{Environment.ProcessId}.page"));
        _page.HostProcessId = Environment.ProcessId;
        var arguments = new ProcessArguments
        {
            RigPath = Rig.Path,
            Ports = ports,
            PagePath = _page.Path,
            StateFolder = stateFolder,
            IsSupervised = true,
        };
        _guardian = StartChild("guardian", arguments.Encode(), ChildEnvironment.Plain);
        _agent = StartChild("agent", arguments.Encode(), ChildEnvironment.Agent);
        ProcessIds = Children().ToDictionary(child => child.Ready.Role, child => child.Pid);
        Plant = RemotePlant.Connect(new RemotePlantOptions
        {
            Endpoint = _agent.Ready.Endpoint!,
            Description = new PlantDescription(
                Rig.Name, [.. Rig.Joints.Select(joint => joint.Describe())]),
            RigName = Rig.Name,
            RigSha256 = Rig.Sha256,
            Period = period,
            HandshakeTimeout = ReadyTimeout,

            // The agent's own deadman comes long before this; it only says when to give up on a
            // process.
            LostTimeout = LostTimeout,
        });
    }

    private void Deliver(FaultSchedule faults)
    {
        if (faults.OfEmulator().Count == 0 && !FaultDelivery.HarmsProcesses(faults))
        {
            return;
        }

        ChildProcess? inflictor = FaultDelivery.HarmsProcesses(faults)
            ? StartChild(InflictProcess.Role, [], ChildEnvironment.Plain)
            : null;
        _delivery = FaultDelivery.Start(faults, Rig, _emulator, inflictor, ProcessIds);
    }

    private string? AftermathOf(int? agentExit, int? guardianExit)
    {
        if (_guardian is not null && guardianExit != 0)
        {
            return $"the guardian had to bring the rig to its safe posture; see {_logFolder}";
        }

        return _agent is not null && agentExit != 0
            ? $"the agent ended without leaving the rig safe; see {_logFolder}"
            : null;
    }

    // A stop whose posture not every servo has confirmed yet.
    private bool IsPostureOpen() => _page is { } page
        && (page.GuardianStopReason != StopReason.None
            ? !page.GuardianStopAcknowledged
            : page.AgentStopReason != StopReason.None && !Plant.Report.StopAcknowledged);

    private string EventsPath => Path.Combine(_logFolder, "emulator-events.jsonl");

    private IEnumerable<ChildProcess> Children() =>
        new[] { _emulator, _guardian, _agent }.OfType<ChildProcess>();

    private IEnumerable<string> EmulatorArguments() =>
    [
        Rig.Path, "--supervised", "--events", EventsPath,
        .. _isBusTcp ? ["--tcp", "0"] : Array.Empty<string>(),
    ];

    private ChildProcess StartChild(
        string role, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        Directory.CreateDirectory(_logFolder);
        var log = new StreamWriter(Path.Combine(_logFolder, role + ".log")) { AutoFlush = true };
        return ChildProcess.Start(role, arguments, environment, log, ReadyTimeout);
    }
}
