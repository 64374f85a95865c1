using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Time;
using HilRig.Devices.Guardian;

namespace HilRig.Devices.Tests.Support;

/// <summary>
/// A guardian over servos behind a pseudo-terminal, an agent process, and a thread that writes the
/// agent's part of the page.
/// </summary>
internal sealed class GuardianBench : IDisposable
{
    private static readonly byte[] Ids = [1, 2, 3];
    private readonly string _folder = Path.Combine(
        TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N"));
    private readonly StringWriter _log = new();
    private readonly GuardianLoop _guardian;
    private volatile bool _isBeating = true;
    private Thread? _beating;

    public GuardianBench(SafePosture? posture = null, GuardianOptions? options = null)
    {
        Servers = new PtyServos(Ids);
        Rig = TestRigs.OfServos(Ids.Length, Servers.Port, posture);
        Key = RigKey.Of(Rig, _folder);
        Clock = RigClock.Create();
        Page = HeartbeatPage.Create(Path.Combine(_folder, "page"));
        Agent = ScriptedAgentProcess.HoldingHalfWritten(Servers.Port);
        Page.AgentStartTicks = ProcessStart.TicksOf(Agent.Id);
        Page.AgentProcessId = Agent.Id;
        Page.AgentHasArmed = true;
        Page.AgentBeatNanoseconds = Clock.NowNanoseconds;
        _guardian = new GuardianLoop(
            options ?? new GuardianOptions(), Rig, Key, Page, Clock, _log, EmergencyStop);
    }

    public PtyServos Servers { get; }

    public ScriptedEmergencyStop EmergencyStop { get; } = new();

    public RigDescription Rig { get; }

    public RigKey Key { get; }

    public IRigClock Clock { get; }

    public HeartbeatPage Page { get; }

    public ScriptedAgentProcess Agent { get; }

    public LatchedStop? Latch => new RigLatch(Key).Read();

    public string Log => _log.ToString();

    /// <summary>
    /// The agent's heartbeat, at least once, until <see cref="StopBeating"/>.
    /// </summary>
    public GuardianBench Beating()
    {
        Page.AgentBeatNanoseconds = Clock.NowNanoseconds;
        _beating = new Thread(() =>
        {
            while (_isBeating)
            {
                Page.AgentBeatNanoseconds = Clock.NowNanoseconds;
                Clock.SleepUntil(Clock.NowNanoseconds + 2_000_000);
            }
        });
        _beating.Start();
        return this;
    }

    public void StopBeating() => _isBeating = false;

    public GuardianOutcome Run(CancellationToken hostGone = default) => _guardian.Run(hostGone);

    /// <summary>Runs the guardian while something else happens on another thread.</summary>
    public GuardianOutcome RunWhile(Action meanwhile)
    {
        Task other = Task.Run(meanwhile);
        GuardianOutcome outcome = _guardian.Run(CancellationToken.None);
        other.GetAwaiter().GetResult();
        return outcome;
    }

    public void Dispose()
    {
        _isBeating = false;
        _beating?.Join();
        _guardian.Dispose();
        Agent.Dispose();
        Page.Dispose();
        Servers.Dispose();
        _log.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
