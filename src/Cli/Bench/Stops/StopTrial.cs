using System.Diagnostics;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Time;
using HilRig.Harness.Results;
using HilRig.Rig.Stops;

namespace HilRig.Cli.Bench.Stops;

/// <summary>One run that is killed while its arm moves, and what its emulator saw.</summary>
internal sealed class StopTrial : IDisposable
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(40);

    private readonly RigDescription _rig;
    private readonly string _folder;
    private readonly Process _host;
    private readonly HeartbeatPage _page;
    private readonly TrialProcesses _processes;

    /// <summary>Starts the run and waits until the rig is armed.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="scenario">Scenario file.</param>
    /// <param name="folder">Empty folder for the run's files.</param>
    /// <param name="needsTerminal">Whether the harm is done to a terminal of the bus.</param>
    /// <exception cref="DeviceException">It does not arm.</exception>
    public StopTrial(RigDescription rig, string scenario, string folder, bool needsTerminal)
    {
        _rig = rig;
        _folder = folder;
        _host = StartHost(scenario, folder, needsTerminal);
        try
        {
            _page = AwaitArmed();
            _processes = new TrialProcesses(_host.Id);
        }
        catch
        {
            _host.Kill(entireProcessTree: true);
            _host.Dispose();
            throw;
        }
    }

    /// <summary>Does the harm, unless the scenario does, and waits for the end.</summary>
    /// <param name="cause">The harm.</param>
    /// <param name="delay">How long after arming.</param>
    public StopSample Run(StopBenchCause cause, TimeSpan delay)
    {
        if (StopBenchFaults.Of(cause) is not null)
        {
            Until(() => _processes.Living.Count == 0, EndTimeout);
            string run = File.ReadAllText(Find("run.json") ?? throw NoResult());
            return new StopSample(cause, ResultJson.ReadRun(run).Stop, _processes.Living);
        }

        IRigClock clock = RigClock.Create();
        clock.SleepUntil(clock.NowNanoseconds + MonotonicClock.Nanoseconds(delay));
        long instant = Harm(cause);
        if (cause == StopBenchCause.HostFrozen)
        {
            // A frozen host never ends by itself.
            Until(() => StopFacts.Read(_page).IsAcknowledged, StopTimeout);
            _processes.Signal("host", TrialProcesses.Kill);
        }

        Until(() => _processes.Living.Count == 0, EndTimeout);
        IReadOnlyList<string> left = _processes.Living;
        StopFacts facts = StopFacts.Read(_page) with
        {
            HasGuardianDied = cause == StopBenchCause.GuardianKilled,
        };
        string events = Find("emulator-events.jsonl") ?? "";
        return new StopSample(cause, StopMeter.Measure(facts, _rig, events, instant), left);
    }

    /// <summary>Ends what is left of the run.</summary>
    public void Dispose()
    {
        foreach (string role in _processes.Living)
        {
            _processes.Signal(role, TrialProcesses.Kill);
        }

        _host.WaitForExit();
        _host.Dispose();
        _page.Dispose();
    }

    private DeviceException NoResult() => new(
        "the bench's run left no result", _folder, remedy: "run its scenario by hand");

    private long Harm(StopBenchCause cause)
    {
        long now = MonotonicClock.NowNanoseconds;
        switch (cause)
        {
            case StopBenchCause.AgentKilled:
                _processes.Signal("agent", TrialProcesses.Kill);
                break;
            case StopBenchCause.AgentFrozen:
                _processes.Signal("agent", TrialProcesses.Freeze);
                break;
            case StopBenchCause.AgentKilledMidPacket:
                _processes.Signal("agent", TrialProcesses.Freeze);
                HalfPacket.WriteTo(PortOfAgent());
                _processes.Signal("agent", TrialProcesses.Kill);
                break;
            case StopBenchCause.HostKilled:
                _processes.Signal("host", TrialProcesses.Kill);
                break;
            case StopBenchCause.HostFrozen:
                _processes.Signal("host", TrialProcesses.Freeze);
                break;
            case StopBenchCause.GuardianKilled:
                _processes.Signal("guardian", TrialProcesses.Kill);
                break;
            case StopBenchCause.GuardianFrozen:
                _processes.Signal("guardian", TrialProcesses.Freeze);
                break;
        }

        return now;
    }

    private string PortOfAgent() => _processes.CommandLineOf("agent")
        .First(word => word.Contains("=/dev/", StringComparison.Ordinal)).Split('=', 2)[1];

    private HeartbeatPage AwaitArmed()
    {
        HeartbeatPage? page = null;
        bool isArmed = Until(
            () =>
            {
                page ??= TryOpenPage();
                return _host.HasExited || page is { AgentHasArmed: true };
            },
            ReadyTimeout);
        if (isArmed && page is { AgentHasArmed: true })
        {
            return page;
        }

        page?.Dispose();
        throw new DeviceException(
            "the bench's run did not arm its rig",
            _folder,
            remedy: "look at run.json and processes/ in that folder");
    }

    // The host may just be making it.
    private HeartbeatPage? TryOpenPage()
    {
        try
        {
            return Find("*.page") is { } path ? HeartbeatPage.Open(path) : null;
        }
        catch (RigException)
        {
            return null;
        }
    }

    private string? Find(string pattern) =>
        Directory.GetFiles(_folder, pattern, SearchOption.AllDirectories).FirstOrDefault();

    private static bool Until(Func<bool> isDone, TimeSpan timeout)
    {
        IRigClock clock = RigClock.Create();
        long giveUp = clock.NowNanoseconds + MonotonicClock.Nanoseconds(timeout);
        while (!isDone())
        {
            if (clock.NowNanoseconds >= giveUp)
            {
                return false;
            }

            clock.SleepUntil(clock.NowNanoseconds + 10_000_000);
        }

        return true;
    }

    private static Process StartHost(string scenario, string folder, bool needsTerminal)
    {
        string program = Environment.ProcessPath ?? "hilrig";
        string[] self = Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [typeof(StopTrial).Assembly.Location]
            : [];
        var start = new ProcessStartInfo(program, [.. self, "run", scenario, "--out", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (needsTerminal)
        {
            start.Environment.Remove("HILRIG_VIRTUAL_BUS");
        }

        var host = Process.Start(start)!;
        host.OutputDataReceived += (_, _) => { };
        host.ErrorDataReceived += (_, _) => { };
        host.BeginOutputReadLine();
        host.BeginErrorReadLine();
        return host;
    }
}
