using HilRig.Bridge.Protos;
using HilRig.Bridge.RealTime;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;
using HilRig.Core.Time;

namespace HilRig.Bridge.Host;

/// <summary>A session over the ZeroMQ lane: both directions, a thread each.</summary>
internal sealed class ZeroMqLink : IAgentLink
{
    private const long ReleaseWaitNanoseconds = 200_000_000;
    private readonly LinkTally _tally = new();
    private readonly long _lostNanoseconds;
    private readonly ControlLink _control;
    private readonly StateLink _states;
    private readonly IDisposable? _carrier;

    /// <summary>Shakes hands with an agent and subscribes to its states.</summary>
    /// <param name="endpoint">Where its bridge listens.</param>
    /// <param name="hello">What this peer is.</param>
    /// <param name="options">Patience.</param>
    /// <param name="carrier">What carries the connection; ends with this link.</param>
    /// <exception cref="Core.Errors.ProtocolException">
    /// It does not answer, or refuses.
    /// </exception>
    public ZeroMqLink(
        string endpoint, Hello hello, in LinkOptions options, IDisposable? carrier = null)
    {
        _carrier = carrier;
        Clock = options.Clock ?? ClockMap.SameClock;
        _lostNanoseconds = MonotonicClock.Nanoseconds(options.Lost);
        _control = new ControlLink(endpoint, hello, options, _tally);
        try
        {
            Welcome = _control.Connect();
            _states = new StateLink(endpoint, Welcome, options, _tally);
        }
        catch
        {
            _control.Dispose();
            carrier?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public Welcome Welcome { get; }

    /// <inheritdoc/>
    public ClockMap Clock { get; }

    /// <inheritdoc/>
    public LinkCounters Counters => _tally.Snapshot();

    /// <inheritdoc/>
    public PlantHealth? Health => _states.Health;

    /// <inheritdoc/>
    public bool IsSilent => IsExpelled || IsOlder(_control.HeardNanoseconds);

    /// <inheritdoc/>
    public bool IsLost => IsSilent || IsOlder(_states.ArrivedNanoseconds);

    /// <inheritdoc/>
    public bool IsExpelled => _control.IsExpelled;

    /// <inheritdoc/>
    public JointCommand Writable => _control.Writable;

    /// <inheritdoc/>
    public SessionKey Disguise
    {
        set => _control.Disguise(value);
    }

    /// <inheritdoc/>
    public void Send() => _control.Send();

    /// <inheritdoc/>
    public void Post(RequestKind kind, StopReason reason = StopReason.Requested) =>
        _control.Post(kind, reason);

    /// <inheritdoc/>
    public AckStatus StatusOf(RequestKind kind) => _control.Requests.StatusOf(kind);

    /// <inheritdoc/>
    public void CopyReport(AgentReport report) => _states.CopyReport(report);

    /// <inheritdoc/>
    public bool TryRead(JointState state)
    {
        if (!_states.States.TryBeginRead(out JointState? received))
        {
            return false;
        }

        received.CopyTo(state);
        _states.States.CommitRead();
        return true;
    }

    /// <inheritdoc/>
    public void WaitForState(long untilNanoseconds) => _states.WaitForState(untilNanoseconds);

    /// <inheritdoc/>
    public void WaitForNews(long untilNanoseconds) => _states.WaitForArrival(untilNanoseconds);

    /// <summary>Takes leave of the agent and ends both threads.</summary>
    public void Dispose()
    {
        _control.Post(RequestKind.Release, StopReason.Requested);
        long until = MonotonicClock.NowNanoseconds + ReleaseWaitNanoseconds;
        using var pause = new WakeSignal();
        while (_control.Requests.StatusOf(RequestKind.Release) == AckStatus.Unspecified
            && !IsSilent && MonotonicClock.NowNanoseconds < until)
        {
            pause.Wait(MonotonicClock.NowNanoseconds + 1_000_000);
        }

        _control.Dispose();
        _states.Dispose();
        _carrier?.Dispose();
    }

    private bool IsOlder(long instantNanoseconds) =>
        MonotonicClock.NowNanoseconds - instantNanoseconds > _lostNanoseconds;
}
