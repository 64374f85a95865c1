using Google.Protobuf;
using HilRig.Bridge.Protos;
using HilRig.Bridge.SharedMemory;
using HilRig.Bridge.SharedMemory.RealTime;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;
using HilRig.Core.Time;

namespace HilRig.Bridge.Host;

/// <summary>
/// A session over the shared-memory lane: the loop writes commands into its seat and reads states
/// from the ring itself; one thread shows that this process is alive and looks whether the agent
/// is.
/// </summary>
internal sealed unsafe class SharedMemoryLink : IAgentLink
{
    private const long ReleaseWaitNanoseconds = 200_000_000;
    private readonly LanePage _page;
    private readonly PeerSeat _seat;
    private readonly StateReader _states;
    private readonly StateReader _newest;
    private readonly StateReader _reports;
    private readonly LaneWake _news;
    private readonly LifeSigns _life;
    private readonly LinkTally _tally = new();
    private readonly Lock _lock = new();
    private readonly ulong[] _requestIds = new ulong[SeatWord.KindCount];
    private readonly AgentReport _report = new();
    private readonly SessionKey _key;
    private SessionKey _commandKey;
    private readonly long _lostNanoseconds;
    private readonly long _seatBit;
    private readonly bool _spins;
    private ulong _lastId;
    private long _seenHead = -1;
    private PlantHealth? _health;
    private long _publishedNanoseconds = long.MaxValue;
    private volatile bool _disposed;

    private SharedMemoryLink(
        LanePage page, PeerSeat seat, Welcome welcome, in LinkOptions options)
    {
        _page = page;
        _seat = seat;
        Welcome = welcome;
        _key = new SessionKey(welcome.SessionId, welcome.OwnerToken);
        _commandKey = _key;
        _lostNanoseconds = MonotonicClock.Nanoseconds(options.Lost);
        _spins = options.Waiting == LaneWaiting.Spinning;
        _states = new StateReader(page);
        _newest = new StateReader(page);
        _reports = new StateReader(page);
        _news = new LaneWake(page.Header + HeaderWord.StateWake);
        _seatBit = 1L << seat.Index;
        Writable = new JointCommand(page.Layout.DofCount);
        _life = new LifeSigns(page, seat, welcome.DeadmanNanoseconds);
    }

    /// <inheritdoc/>
    public ClockMap Clock => ClockMap.SameClock;

    /// <inheritdoc/>
    public Welcome Welcome { get; }

    /// <inheritdoc/>
    public LinkCounters Counters
    {
        get
        {
            Volatile.Write(ref _tally.StatesSkipped, _states.Skipped);
            Volatile.Write(ref _tally.MalformedStates, _states.Damaged);
            return _tally.Snapshot();
        }
    }

    /// <inheritdoc/>
    public PlantHealth? Health
    {
        get
        {
            Refresh();
            return _health;
        }
    }

    /// <inheritdoc/>
    public bool IsSilent =>
        _life.AgentHasEnded || IsExpelled || IsOlder(_life.HeardNanoseconds);

    /// <inheritdoc/>
    public bool IsLost => IsSilent || IsStale();

    /// <inheritdoc/>
    public bool IsExpelled => !_disposed && _seat.IsExpelled;

    /// <inheritdoc/>
    public JointCommand Writable { get; }

    /// <summary>Shakes hands with an agent.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="hello">What this peer is.</param>
    /// <param name="options">Patience.</param>
    /// <exception cref="ProtocolException">It does not answer, or refuses.</exception>
    public static SharedMemoryLink Connect(string path, Hello hello, in LinkOptions options)
    {
        LanePage page = LanePage.Open(path);
        PeerSeat? seat = null;
        try
        {
            seat = PeerSeat.TryTake(page) ?? throw Handshake.Refused(
                "shm:" + path, Agent.HandshakeRules.Full(LaneLayout.SeatCount));
            Welcome welcome = Introduce(page, seat, hello, options.Handshake);
            return new SharedMemoryLink(page, seat, welcome, options);
        }
        catch
        {
            seat?.Leave();
            page.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public SessionKey Disguise
    {
        set => _commandKey = new SessionKey(
            _key.SessionId + value.SessionId, _key.OwnerToken + value.OwnerToken);
    }

    /// <inheritdoc/>
    public void Send()
    {
        long now = MonotonicClock.NowNanoseconds;
        if (_disposed || now > Writable.ValidUntilNanoseconds)
        {
            LinkTally.Add(ref _tally.CommandsExpired);
            return;
        }

        _seat.Command(Writable, _commandKey, now);
        LinkTally.Add(ref _tally.CommandsSent);
        LinkTally.Add(ref _tally.CommandBytes, _page.Layout.CommandWordCount * sizeof(long));
    }

    /// <inheritdoc/>
    public void Post(RequestKind kind, StopReason reason = StopReason.Requested)
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                bool isOpen = _requestIds[(int)kind] != 0
                    && _seat.AnswerTo(kind, _requestIds[(int)kind]) == AckStatus.Unspecified;
                LinkTally.Add(ref _tally.RequestsPosted);
                LinkTally.Add(ref _tally.RequestsSuperseded, isOpen ? 1 : 0);
                _requestIds[(int)kind] = ++_lastId;
                _seat.Ask(kind, _lastId, _key, reason);
            }
        }
    }

    /// <inheritdoc/>
    public AckStatus StatusOf(RequestKind kind)
    {
        lock (_lock)
        {
            return _disposed || _requestIds[(int)kind] == 0
                ? AckStatus.Unspecified
                : _seat.AnswerTo(kind, _requestIds[(int)kind]);
        }
    }

    /// <inheritdoc/>
    public bool TryRead(JointState state)
    {
        if (_disposed || !_states.TryRead())
        {
            return false;
        }

        _states.CopyTo(state);
        if (_states.AnsweredSessionId != _key.SessionId)
        {
            state.AnsweredCommandSequence = 0;
        }

        LinkTally.Add(ref _tally.StatesReceived);
        LinkTally.Add(ref _tally.StateBytes, _page.Layout.StateWordCount * sizeof(long));
        return true;
    }

    /// <inheritdoc/>
    public void CopyReport(AgentReport report)
    {
        lock (_lock)
        {
            if (!_disposed && _reports.TryPeekNewest())
            {
                _reports.CopyTo(_report);
            }

            _report.CopyTo(report);
        }
    }

    /// <inheritdoc/>
    public void WaitForState(long untilNanoseconds)
    {
        while (_spins && !_states.HasNext
            && MonotonicClock.NowNanoseconds < untilNanoseconds)
        {
            Thread.SpinWait(1);
        }

        if (_spins)
        {
            return;
        }

        uint seen = _news.Prepare(_seatBit);
        if (!_states.HasNext)
        {
            _news.Wait(seen, untilNanoseconds);
        }

        _news.Done(_seatBit);
    }

    /// <inheritdoc/>
    public void WaitForNews(long untilNanoseconds)
    {
        uint seen = _news.Prepare(_seatBit);
        if (Volatile.Read(ref _page.Header[HeaderWord.StateHead]) == _seenHead)
        {
            _news.Wait(seen, untilNanoseconds);
        }

        _news.Done(_seatBit);
    }

    /// <summary>Takes leave of the agent and gives the seat back.</summary>
    public void Dispose()
    {
        Post(RequestKind.Release);
        long until = MonotonicClock.NowNanoseconds + ReleaseWaitNanoseconds;
        while (StatusOf(RequestKind.Release) == AckStatus.Unspecified
            && !IsSilent && MonotonicClock.NowNanoseconds < until)
        {
            _ = Health;
            WaitForNews(MonotonicClock.NowNanoseconds + 1_000_000);
        }

        _life.Dispose();
        CopyReport(new AgentReport());
        lock (_lock)
        {
            _disposed = true;
            _seat.Leave();
            _page.Dispose();
        }
    }

    private static Welcome Introduce(
        LanePage page, PeerSeat seat, Hello hello, TimeSpan handshake)
    {
        string address = "shm:" + page.Path;
        if (!seat.TryIntroduce(hello.ToByteArray()))
        {
            throw new ProtocolException(
                "the rig's description is too long for the handshake",
                address,
                $"at most {LaneLayout.HelloBytesMax} bytes",
                $"{hello.CalculateSize()} bytes",
                "give the joints shorter names");
        }

        long until = MonotonicClock.NowNanoseconds + MonotonicClock.Nanoseconds(handshake);
        var news = new LaneWake(page.Header + HeaderWord.StateWake);
        long bit = 1L << seat.Index;
        while (true)
        {
            uint seen = news.Prepare(bit);
            bool isAnswered = seat.TryTakeAnswer(out MessageKind kind, out byte[] answer);
            bool isLate = MonotonicClock.NowNanoseconds >= until;
            if (!isAnswered && !isLate)
            {
                news.Wait(seen, until);
            }

            news.Done(bit);
            if (isAnswered || isLate)
            {
                return isAnswered ? Handshake.Read(address, kind, answer)
                    : throw Handshake.Silent(address, handshake);
            }
        }
    }

    private void Refresh()
    {
        if (_disposed)
        {
            return;
        }

        long head = Volatile.Read(ref _page.Header[HeaderWord.StateHead]);
        if (head != _seenHead && _newest.TryPeekNewest() && _newest.AgentId == Welcome.AgentId)
        {
            _seenHead = head;
            _health = _newest.Health;
            _publishedNanoseconds = _newest.PublishedNanoseconds;
        }
    }

    private bool IsStale()
    {
        Refresh();
        return IsOlder(_publishedNanoseconds);
    }

    private bool IsOlder(long instantNanoseconds) =>
        MonotonicClock.NowNanoseconds - instantNanoseconds > _lostNanoseconds;
}
