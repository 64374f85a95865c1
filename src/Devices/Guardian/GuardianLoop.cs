using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Time;
using HilRig.Devices.Agent.RealTime;
using HilRig.Devices.Guardian.Rehearsal;
using HilRig.Devices.Power;

namespace HilRig.Devices.Guardian;

/// <summary>
/// The process that owns the stop when the agent or the host dies. It holds the rig's lease,
/// watches the agent's process and heartbeat, and, when the agent ends without having left the rig
/// safe, ends it for good, takes the buses and brings the rig to its safe posture. It keeps the
/// rig's latch file.
/// </summary>
public sealed class GuardianLoop : IDisposable
{
    private const string NotLowered =
        "every servo confirmed the hold, but the lowering is unconfirmed: held, not lowered";
    private readonly GuardianOptions _options;
    private readonly HeartbeatPage _page;
    private readonly IRigClock _clock;
    private readonly GuardianLog _log;
    private readonly RigLease _lease;
    private readonly RigTakeover _takeover;
    private readonly LatchKeeper _keeper;
    private readonly long _stopNanosecondsMax;
    private readonly AgentWatch _agent;
    private readonly EmergencyStopWatch? _emergencyStop;
    private ProcessWatch? _host;
    private bool _isWatching;
    private long _hostGoneSince;

    /// <summary>Takes the rig's lease.</summary>
    /// <param name="options">How patient it is.</param>
    /// <param name="rig">The rig, with the ports that the agent opens.</param>
    /// <param name="key">The rig's files; made from the rig file's own port names.</param>
    /// <param name="page">The page that the agent writes.</param>
    /// <param name="clock">The rig's clock.</param>
    /// <param name="log">Receives one JSON object a line.</param>
    /// <param name="emergencyStop">
    /// The rig's emergency stop; null: none. The caller disposes it.
    /// </param>
    /// <param name="onEmergencyStop">
    /// Called when it is pressed or lost, after the agent is told.
    /// </param>
    /// <exception cref="DeviceException">
    /// An option is wrong, or another guardian holds the lease; the message says which process.
    /// </exception>
    public GuardianLoop(
        GuardianOptions options,
        RigDescription rig,
        RigKey key,
        HeartbeatPage page,
        IRigClock clock,
        TextWriter log,
        IEmergencyStop? emergencyStop = null,
        Action? onEmergencyStop = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rig);
        ArgumentNullException.ThrowIfNull(page);
        options.Validate();
        _options = options;
        _page = page;
        _clock = clock;
        _log = new GuardianLog(log);
        _takeover = new RigTakeover(options, rig, page, clock, _log);
        _stopNanosecondsMax = (long)(rig.DeadmanSeconds * 1e9) + Nanoseconds(options.StopMargin);
        _lease = RigLease.Acquire(key, "guardian of " + rig.Name);
        _keeper = new LatchKeeper(new RigLatch(key), page, _log);
        if (OperatingSystem.IsLinux())
        {
            TakeoverRehearsal.Run(options, rig, page, clock, _log);
            _keeper.Rehearse();
        }

        if (emergencyStop is not null)
        {
            _emergencyStop = new EmergencyStopWatch(emergencyStop, page, onEmergencyStop);
            LookAtEmergencyStop(clock.NowNanoseconds);
        }

        _agent = new AgentWatch(page, options, clock.NowNanoseconds);
        page.GuardianProcessId = Environment.ProcessId;
    }

    /// <summary>Watches until the agent has ended, by itself or by the guardian.</summary>
    /// <param name="hostGone">
    /// Cancelled when the host has died or has closed its pipe. The end of the process named on the
    /// page says the same.
    /// </param>
    public GuardianOutcome Run(CancellationToken hostGone)
    {
        while (true)
        {
            long now = _clock.NowNanoseconds;
            _page.GuardianBeatNanoseconds = now;
            LookAtEmergencyStop(now);
            bool isHostGone = hostGone.IsCancellationRequested || HasHostExited();
            if (Look(now, isHostGone) is GuardianOutcome outcome)
            {
                _keeper.Save(_clock.NowNanoseconds);
                _log.Write(_clock.NowNanoseconds, "end", outcome.ToString());
                return outcome;
            }

            AwaitNextLook(now + Nanoseconds(_options.Period));
        }
    }

    /// <summary>Gives the lease back.</summary>
    public void Dispose()
    {
        _agent.Dispose();
        _host?.Dispose();
        _lease.Dispose();
    }

    // The end of the agent's process ends the pause at once.
    private void AwaitNextLook(long nextNanoseconds)
    {
        if (_agent.Process is not { } process || process.HasExited
            || !process.AwaitExit(nextNanoseconds))
        {
            _clock.SleepUntil(nextNanoseconds);
        }
    }

    // Beside the pipe: a host that was started by hand, or whose pipe another child holds open.
    private bool HasHostExited()
    {
        long processId = _page.HostProcessId;
        if (_host is null && processId != 0)
        {
            _host = new ProcessWatch(processId);
        }

        return _host?.HasExited ?? false;
    }

    private GuardianOutcome? Look(long now, bool isHostGone)
    {
        if (!_agent.TryFind())
        {
            return WithoutAgent(now, isHostGone);
        }

        ProcessWatch process = _agent.Process!;
        if (!_isWatching)
        {
            _isWatching = true;
            _log.Write(now, "watch", $"watching agent process {process.ProcessId}");
        }

        bool hasExited = process.HasExited;
        _keeper.Look(now);
        if (hasExited)
        {
            return AfterExit(isHostGone);
        }

        if (_agent.IsHung(now))
        {
            return TakeOver(StopReason.AgentDied, "the agent's heartbeat stood still");
        }

        if (_agent.IsOverdue(now))
        {
            return TakeOver(StopReason.AgentDied, "the agent's loop ended, but not its process");
        }

        if (IsEmergencyStopIgnored(now))
        {
            return TakeOver(
                StopReason.EmergencyStop, "the agent did not obey the emergency stop");
        }

        return isHostGone ? WithoutHost(now) : null;
    }

    private void LookAtEmergencyStop(long now)
    {
        if (_emergencyStop is { } input && input.Look(now))
        {
            _log.Write(now, "emergency stop", $"{input.Name}: {input.Status}");
        }
    }

    // An agent looks at the page whenever it beats.
    private bool IsEmergencyStopIgnored(long now) =>
        _page.EmergencyStopNanoseconds is not 0 and var pressed
        && _page.AgentHealth == PlantHealth.Armed
        && now - pressed > Nanoseconds(_options.HeartbeatTimeout);

    // An agent that beat before this guardian began, and not since, is none of its business: its
    // process id may belong to anybody.
    private GuardianOutcome? WithoutAgent(long now, bool isHostGone)
    {
        if (_agent.IsGoneUnseen())
        {
            _log.Write(now, "watch", $"process {_page.AgentProcessId} of the page has ended and "
                + "has not beaten since the guardian began");
            return GuardianOutcome.NothingToGuard;
        }

        return isHostGone && !_agent.TryFind() ? GuardianOutcome.NothingToGuard : null;
    }

    private GuardianOutcome AfterExit(bool isHostGone) => _page.AgentEnded
        ? GuardianOutcome.AgentEnded
        : TakeOver(
            isHostGone ? StopReason.HostDied : StopReason.AgentDied,
            "the agent's process ended without leaving the rig safe");

    // The agent's own deadman has to stop the rig; the guardian checks that it did.
    private GuardianOutcome? WithoutHost(long now)
    {
        if (_hostGoneSince == 0)
        {
            _hostGoneSince = now;
            _log.Write(now, "host", "the host is gone; the agent must stop the rig");
        }

        long waited = now - _hostGoneSince;
        bool isSafe = _page.AgentEnded || !_page.AgentHasArmed || _page.AgentStopAcknowledged;
        if (waited > _stopNanosecondsMax && !isSafe)
        {
            return TakeOver(
                StopReason.HostDied, "the agent did not stop in time after the host died");
        }

        return waited > Nanoseconds(_options.AgentExitTimeout)
            ? TakeOver(StopReason.HostDied, "the agent did not end after the host died")
            : null;
    }

    private GuardianOutcome TakeOver(StopReason reason, string detail)
    {
        long now = _clock.NowNanoseconds;
        _page.GuardianStopNanoseconds = now;
        _page.GuardianStopReason = reason;
        _log.Write(now, "takeover", detail);

        // The latch is written while the buses are taken: neither waits for the other, for a disk
        // may take longer than the arm may move.
        _keeper.NoteTakeover(reason, detail);
        var saving = new Thread(() => _keeper.Save(now)) { Name = "latch" };
        saving.Start();
        EndAgent();
        PosturePhase phase = _takeover.Run(() =>
        {
            saving.Join();
            _page.GuardianStopAcknowledged = true;
            _keeper.NoteConfirmed(_clock.NowNanoseconds);
        });
        saving.Join();
        if (phase is PosturePhase.Holding or PosturePhase.Lowering)
        {
            _log.Write(_clock.NowNanoseconds, "fault", NotLowered);
            _keeper.Append(NotLowered, _clock.NowNanoseconds);
        }

        return phase == PosturePhase.Reached
            ? GuardianOutcome.TookOver
            : GuardianOutcome.TookOverUnconfirmed;
    }

    private void EndAgent()
    {
        long giveUp = _clock.NowNanoseconds + Nanoseconds(_options.PortTimeout);
        ProcessWatch process = _agent.Process!;
        while (!process.HasExited && _clock.NowNanoseconds < giveUp)
        {
            process.Kill();
            AwaitNextLook(_clock.NowNanoseconds + Nanoseconds(_options.Period));
        }
    }

    private static long Nanoseconds(TimeSpan time) =>
        time.Ticks * (1_000_000 / TimeSpan.TicksPerMillisecond);
}
