using HilRig.Core.RealTime;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Sessions;
using HilRig.Core.Time;

namespace HilRig.Bridge.Host;

/// <summary>
/// A rig behind an agent, as a plant of the host's clock; the address picks the lane. The loop's
/// thread never touches a socket: over shared memory it writes and reads slots itself, over ZeroMQ
/// a sending and a receiving thread stand between.
/// </summary>
/// <remarks>
/// One thread uses <see cref="Start"/>, <see cref="TryRead"/>, <see cref="Write"/>,
/// <see cref="Stop"/> and <see cref="Rearm"/>; <see cref="Report"/> and <see cref="Counters"/> are
/// for any thread but the loop's. Each start begins a new count of commands, so that a controller
/// may number its commands from 1 again.
/// </remarks>
public sealed class RemotePlant : IPlant, ICommandDisguise
{
    private const long WaitSliceNanoseconds = 20_000_000;

    private readonly RemotePlantOptions _options;
    private readonly IAgentLink _link;
    private readonly AgentReport _report = new();
    private readonly ulong _everyJoint;
    private long _sequenceBase;
    private long _lastSequence;
    private readonly AgeHistogram _stateAge = new();
    private readonly AgeHistogram _commandAge = new();
    private long[]? _firstCounts;
    private bool _started;
    private bool _disposed;

    private RemotePlant(RemotePlantOptions options, IAgentLink link)
    {
        _options = options;
        _link = link;
        _everyJoint = ulong.MaxValue >> (64 - options.Description.DofCount);
    }

    /// <inheritdoc/>
    public PlantDescription Description => _options.Description;

    /// <inheritdoc/>
    public ITickSource? DeviceClock => null;

    /// <summary>The agent's newest counters, as a copy. Allocates: not for the loop.</summary>
    public AgentReport Report => CopyReport();

    /// <summary>What this side of the bridge has counted.</summary>
    public LinkCounters Counters => _link.Counters;

    /// <summary>The agent's clock; the host's own on one machine.</summary>
    public ClockMap Clock => _link.Clock;

    /// <summary>Where the agent is.</summary>
    public string Endpoint => _options.Endpoint;

    /// <summary>Age of states when the loop read them: since they were sampled.</summary>
    public AgeFigures StateAge => _stateAge.Figures();

    /// <summary>
    /// Age of commands when the agent took them: since their planned instant. Of those that were
    /// answered.
    /// </summary>
    public AgeFigures CommandAge => _commandAge.Figures();

    /// <summary>
    /// Commands by verdict since this plant was first started, indexed by
    /// <see cref="CommandVerdict"/>, from the newest report.
    /// </summary>
    public IReadOnlyList<long> Verdicts
    {
        get
        {
            long[] counts = CopyReport().CommandCounts;
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] -= _firstCounts?[i] ?? 0;
            }

            return counts;
        }
    }

    /// <summary>The agent's deadman, from the handshake.</summary>
    public TimeSpan Deadman => TimeSpan.FromTicks(_link.Welcome.DeadmanNanoseconds / 100);

    /// <summary>Session and token under which this plant commands.</summary>
    public SessionKey Key => new(_link.Welcome.SessionId, _link.Welcome.OwnerToken);

    /// <summary>Becomes the owner of an agent.</summary>
    /// <param name="options">Which agent, which rig, which period.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="ProtocolException">
    /// The agent does not answer or refuses: version, schema, rig, joints, period, another owner.
    /// </exception>
    public static RemotePlant Connect(RemotePlantOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var hello = new Hello
        {
            Role = Role.Owner,
            RigName = options.RigName,
            RigSha256 = options.RigSha256,
            PeriodNanoseconds = MonotonicClock.Nanoseconds(options.Period),
        };
        JointWire.AddTo(hello.Joints, options.Description.Joints);
        return new RemotePlant(options, AgentLinks.Connect(
            options.Endpoint,
            hello,
            new LinkOptions(options.HandshakeTimeout, options.LostTimeout, options.Waiting)));
    }

    /// <inheritdoc/>
    /// <exception cref="DeviceException">It does not arm in time; says why.</exception>
    public void Start(JointState initial)
    {
        long deadline = Deadline(_options.ArmTimeout);
        while (_link.Health is null)
        {
            RequireLife("arm", deadline);
        }

        RequireNotStopped();
        _firstCounts ??= CopyReport().CommandCounts;
        while (_link.TryRead(initial))
        {
        }

        _sequenceBase = _lastSequence;
        _link.Post(RequestKind.Arm);
        while (!_link.TryRead(initial) || !IsArmedAndFresh(initial))
        {
            RequireNotStopped();
            RequireLife("arm", deadline);
        }

        FromWire(initial);
        _started = true;
    }

    /// <inheritdoc/>
    public PlantStatus TryRead(JointState state)
    {
        // A state is queued before its health counts: looking at the health first means that the
        // state that brought a stop is read before the stop is told.
        PlantStatus standing = Standing();
        if (_link.TryRead(state))
        {
            FromWire(state);
            NoteAges(state);
            return PlantStatus.Ok;
        }

        return standing switch
        {
            PlantStatus.Ok or PlantStatus.NoNewState => PlantStatus.NoNewState,
            PlantStatus.Stopped => PlantStatus.Stopped,
            PlantStatus.Lost => PlantStatus.Lost,
        };
    }

    /// <summary>
    /// Waits until a state is there to read; may return early. For loops that are clocked by their
    /// answers; allocates nothing.
    /// </summary>
    /// <param name="untilNanoseconds">When to give up, CLOCK_MONOTONIC ns.</param>
    public void WaitForState(long untilNanoseconds) => _link.WaitForState(untilNanoseconds);

    /// <inheritdoc/>
    public PlantStatus Write(in Tick tick, JointCommand command)
    {
        PlantStatus standing = Standing();
        if (standing != PlantStatus.Ok)
        {
            return standing;
        }

        JointCommand outgoing = _link.Writable;
        command.CopyTo(outgoing);
        outgoing.Sequence = _sequenceBase + command.Sequence;
        outgoing.PlannedNanoseconds = tick.PlannedNanoseconds;
        if (command.ValidUntilNanoseconds == 0)
        {
            outgoing.ValidUntilNanoseconds =
                tick.PlannedNanoseconds + (_options.ValidityTicks * tick.PeriodNanoseconds);
        }

        _lastSequence = Math.Max(_lastSequence, outgoing.Sequence);
        _link.Send();
        return PlantStatus.Ok;
    }

    /// <inheritdoc/>
    public void Disguise(in SessionKey added) => _link.Disguise = added;

    /// <inheritdoc/>
    /// <returns>
    /// Ok when the agent confirmed the safe posture of every joint; Lost when it did not in time.
    /// </returns>
    public PlantStatus Stop(StopReason reason)
    {
        _started = false;
        if (IsStopConfirmed())
        {
            return PlantStatus.Ok;
        }

        _link.Post(RequestKind.Stop, reason);
        long deadline = Deadline(_options.StopTimeout);
        while (!IsStopConfirmed())
        {
            if (_link.IsSilent || MonotonicClock.NowNanoseconds >= deadline)
            {
                return PlantStatus.Lost;
            }

            Pause(deadline);
        }

        return PlantStatus.Ok;
    }

    /// <summary>
    /// Clears the agent's latched stop, on behalf of a person who has looked at the rig.
    /// </summary>
    /// <exception cref="DeviceException">The agent stays stopped, or is gone.</exception>
    public void Rearm()
    {
        long deadline = Deadline(_options.ArmTimeout);
        _link.Post(RequestKind.Rearm);
        while (_link.Health is null or PlantHealth.Stopped or PlantHealth.Faulted)
        {
            RequireLife("re-arm", deadline);
        }
    }

    /// <summary>Waits for the agent's first report.</summary>
    /// <exception cref="DeviceException">None comes in time.</exception>
    public AgentReport AwaitReport()
    {
        long deadline = Deadline(_options.ArmTimeout);
        while (_link.Health is null)
        {
            RequireLife("report", deadline);
        }

        return CopyReport();
    }

    /// <summary>Asks the agent's process to end after the safe posture. Does not wait.</summary>
    public void RequestQuit() => _link.Post(RequestKind.Quit);

    /// <summary>Stops the rig when it was started and not stopped, and ends the session.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (_started)
        {
            Stop(StopReason.Requested);
        }

        _link.Dispose();
    }

    private static long Deadline(TimeSpan timeout) =>
        MonotonicClock.NowNanoseconds + MonotonicClock.Nanoseconds(timeout);

    // Sequences on the wire grow over the whole session; the loop's start at 1 with each start.
    private void FromWire(JointState state) =>
        state.AnsweredCommandSequence = Math.Max(0, state.AnsweredCommandSequence - _sequenceBase);

    private void NoteAges(JointState state)
    {
        _stateAge.Record(MonotonicClock.NowNanoseconds - state.SampledNanoseconds);
        HopStamps stamps = state.Stamps;
        if (state.AnsweredCommandSequence > 0 && stamps.AgentReceived > 0)
        {
            _commandAge.Record(stamps.AgentReceived - stamps.Planned);
        }
    }

    private PlantStatus Standing()
    {
        if (_link.IsLost)
        {
            return PlantStatus.Lost;
        }

        if (_link.Health is not { } health)
        {
            return PlantStatus.NoNewState;
        }

        return health switch
        {
            PlantHealth.Armed => PlantStatus.Ok,
            PlantHealth.Disarmed => _started ? PlantStatus.Stopped : PlantStatus.NoNewState,
            PlantHealth.Stopped or PlantHealth.Faulted => PlantStatus.Stopped,
        };
    }

    private AgentReport CopyReport()
    {
        var report = new AgentReport();
        _link.CopyReport(report);
        return report;
    }

    private bool IsArmedAndFresh(JointState state) =>
        state.Health == PlantHealth.Armed && (state.FreshJoints & _everyJoint) == _everyJoint;

    private bool IsStopConfirmed()
    {
        _link.CopyReport(_report);
        return _report.StopAcknowledged
            && _link.Health is PlantHealth.Stopped or PlantHealth.Faulted;
    }

    private void Pause(long deadline) => _link.WaitForNews(
        Math.Min(deadline, MonotonicClock.NowNanoseconds + WaitSliceNanoseconds));

    private void RequireLife(string verb, long deadline)
    {
        bool refused = _link.StatusOf(RequestKind.Arm)
            is AckStatus.NotOwner or AckStatus.UnknownSession;
        if (!refused && !_link.IsSilent && MonotonicClock.NowNanoseconds < deadline)
        {
            Pause(deadline);
            return;
        }

        string found = refused || _link.IsExpelled
            ? "the agent no longer knows this session"
            : _link.IsSilent ? "the agent is silent" : "health " + (_link.Health?.ToString()
                ?? "unknown");
        throw new DeviceException(
            $"the rig did not {verb}",
            _options.Endpoint,
            $"success within {_options.ArmTimeout.TotalSeconds:0.###} s",
            found + StopWords(),
            "read the agent's log; check that the bus is connected and powered");
    }

    // A confirmed stop that was asked for is the end of a run: arming lifts it.
    private void RequireNotStopped()
    {
        AgentReport report = CopyReport();
        bool isEndOfRun = report.StopReason == StopReason.Requested && report.StopAcknowledged;
        if (_link.Health is PlantHealth.Stopped or PlantHealth.Faulted && !isEndOfRun)
        {
            throw new DeviceException(
                "the agent has latched a stop",
                _options.Endpoint,
                "a rig that may be armed",
                "health " + _link.Health + StopWords(),
                "look at the rig, remove the cause, then re-arm it");
        }
    }

    private string StopWords()
    {
        AgentReport report = CopyReport();
        if (report.StopReason == StopReason.None)
        {
            return "";
        }

        int joint = report.StopJoint;
        string where = joint >= 0 && joint < Description.DofCount
            ? $" at joint \"{Description.Joints[joint].Name}\"" : "";
        return $", stop reason {report.StopReason}{where}";
    }
}
