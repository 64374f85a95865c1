using HilRig.Bridge.Clocks;
using HilRig.Bridge.Protos;
using HilRig.Bridge.RealTime;
using HilRig.Bridge.Wire;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;
using HilRig.Core.Time;
using NetMQ;
using NetMQ.Sockets;

namespace HilRig.Bridge.Host;

/// <summary>
/// The host's receiving thread: stamps and decodes every state of the agent and queues it for the
/// loop; keeps the newest report for anybody.
/// </summary>
internal sealed class StateLink : IDisposable
{
    private const int StatesQueued = 256;
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(20);

    private readonly SpscRing<JointState> _states;
    private readonly Welcome _welcome;
    private readonly string _endpoint;
    private readonly LinkTally _tally;
    private readonly ClockMap _clock;
    private readonly StateCodec _codec;
    private readonly SocketThread _thread;
    private readonly CancellationTokenSource _stop = new();
    private readonly WakeSignal _arrival = new();
    private readonly Lock _reportLock = new();
    private readonly AgentReport _report = new();
    private readonly JointState _scratchState;
    private readonly AgentReport _scratchReport = new();
    private int _health = -1;
    private long _arrivedNanoseconds = long.MaxValue;
    private long _lastSequence;
    private int _awaited;

    /// <summary>Subscribes to the agent's states.</summary>
    /// <param name="controlEndpoint">Where the agent answered the handshake.</param>
    /// <param name="welcome">Its answer.</param>
    /// <param name="options">The agent's clock.</param>
    /// <param name="tally">Counters.</param>
    public StateLink(
        string controlEndpoint, Welcome welcome, in LinkOptions options, LinkTally tally)
    {
        int dofCount = welcome.Joints.Count;
        _welcome = welcome;
        _endpoint = EndpointPair.StatesOf(controlEndpoint);
        _tally = tally;
        _clock = options.Clock ?? ClockMap.SameClock;
        _codec = new StateCodec(dofCount);
        _scratchState = new JointState(dofCount);
        _states = new SpscRing<JointState>(StatesQueued, () => new JointState(dofCount));
        _thread = new SocketThread("hilrig-states", Open, Run);
        _thread.Start();
    }

    /// <summary>States in order, oldest first. The loop's thread reads.</summary>
    public SpscRing<JointState> States => _states;

    /// <summary>Health in the newest state; null before the first one.</summary>
    public PlantHealth? Health
    {
        get
        {
            int health = Volatile.Read(ref _health);
            return health < 0 ? null : (PlantHealth)health;
        }
    }

    /// <summary>
    /// When the newest state arrived, CLOCK_MONOTONIC ns; the far future before it.
    /// </summary>
    public long ArrivedNanoseconds => Volatile.Read(ref _arrivedNanoseconds);

    /// <summary>Copies the newest report.</summary>
    /// <param name="target">Receives it.</param>
    public void CopyReport(AgentReport target)
    {
        lock (_reportLock)
        {
            _report.CopyTo(target);
        }
    }

    /// <summary>
    /// Waits for the next state; may return early. One thread at a time.
    /// </summary>
    /// <param name="untilNanoseconds">When to give up.</param>
    public void WaitForArrival(long untilNanoseconds)
    {
        Interlocked.Exchange(ref _awaited, 1);
        _arrival.Wait(untilNanoseconds);
        Volatile.Write(ref _awaited, 0);
    }

    /// <summary>Waits until a state is unread; may return early. The loop's thread.</summary>
    /// <param name="untilNanoseconds">When to give up.</param>
    public void WaitForState(long untilNanoseconds)
    {
        // Said before the look: a state that comes after it signals.
        Interlocked.Exchange(ref _awaited, 1);
        if (!_states.TryBeginRead(out _))
        {
            _arrival.Wait(untilNanoseconds);
        }

        Volatile.Write(ref _awaited, 0);
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _arrival.Dispose();
        _stop.Dispose();
    }

    private SubscriberSocket Open()
    {
        var socket = new SubscriberSocket();
        SocketPolicy.Apply(socket, SocketPolicy.StateHighWatermark);
        socket.Connect(_endpoint);
        socket.SubscribeToAnyTopic();
        return socket;
    }

    private void Run(NetMQSocket socket)
    {
        var frame = default(Msg);
        frame.InitEmpty();
        while (!_stop.IsCancellationRequested)
        {
            if (socket.TryReceive(ref frame, IdleWait))
            {
                long now = MonotonicClock.NowNanoseconds;
                bool whole = !frame.HasMore;
                Frames.DropRest(socket, ref frame);
                if (!whole || !TryAccept(frame.Slice(0, frame.Size), now))
                {
                    LinkTally.Add(ref _tally.MalformedStates);
                }
            }
        }

        frame.Close();
    }

    private bool TryAccept(ReadOnlySpan<byte> bytes, long now)
    {
        if (Frames.Split(bytes, out ReadOnlySpan<byte> payload) != MessageKind.State
            || !_codec.TryDecode(payload, _scratchState, _scratchReport)
            || _codec.AgentId != _welcome.AgentId)
        {
            return false;
        }

        _clock.ToLocal(_scratchState);
        HopStamps stamps = _scratchState.Stamps;
        stamps.StateReceived = now;
        _scratchState.Stamps = stamps;
        LinkTally.Add(ref _tally.StatesReceived);
        LinkTally.Add(ref _tally.StateBytes, bytes.Length);
        long gap = _lastSequence == 0 ? 0 : _scratchState.Sequence - _lastSequence - 1;
        LinkTally.Add(ref _tally.StatesSkipped, Math.Max(0, gap));
        _lastSequence = _scratchState.Sequence;
        Queue();
        lock (_reportLock)
        {
            _scratchReport.CopyTo(_report);
        }

        Volatile.Write(ref _health, (int)_scratchState.Health);
        Volatile.Write(ref _arrivedNanoseconds, now);
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _awaited) != 0)
        {
            _arrival.Set();
        }

        return true;
    }

    // An answer to another session's command answers nothing here.
    private void Queue()
    {
        if (!_states.TryBeginWrite(out JointState? received))
        {
            LinkTally.Add(ref _tally.StatesDropped);
            return;
        }

        _scratchState.CopyTo(received);
        if (_codec.AnsweredSessionId != _welcome.SessionId)
        {
            received.AnsweredCommandSequence = 0;
        }

        _states.CommitWrite();
    }
}
