using Google.Protobuf;
using HilRig.Bridge.Agent;
using HilRig.Bridge.Protos;
using HilRig.Bridge.SharedMemory.RealTime;
using HilRig.Bridge.Wire;
using HilRig.Core.RealTime;

namespace HilRig.Bridge.SharedMemory;

/// <summary>
/// The agent's thread that serves the seats: introductions, requests, and peers that left or died.
/// The loop has no part in it. Nothing a peer writes ends the thread; what makes no sense is
/// counted. Allocates only when somebody comes or goes.
/// </summary>
internal sealed unsafe class LaneDesk
{
    private const long DeskBit = 1;
    private const long CycleNanoseconds = 10_000_000;
    private readonly LanePage _page;
    private readonly SessionDesk _desk;
    private readonly AgentEnd _loop;
    private readonly AgentTally _tally;
    private readonly LaneWake _wake;
    private readonly DeskSeat[] _seats = new DeskSeat[LaneLayout.SeatCount];
    private readonly Thread _thread;
    private volatile bool _ending;

    /// <summary>Makes the desk; <see cref="Start"/> starts its thread.</summary>
    /// <param name="page">The lane.</param>
    /// <param name="desk">The rules.</param>
    /// <param name="loop">The loop's end.</param>
    /// <param name="tally">Counters.</param>
    public LaneDesk(LanePage page, SessionDesk desk, AgentEnd loop, AgentTally tally)
    {
        _page = page;
        _desk = desk;
        _loop = loop;
        _tally = tally;
        _wake = new LaneWake(page.Header + HeaderWord.DeskWake);
        for (int i = 0; i < _seats.Length; i++)
        {
            _seats[i] = new DeskSeat(page, i);
        }

        _thread = new Thread(Run) { Name = "hilrig-desk", IsBackground = true };
    }

    /// <summary>Starts the thread.</summary>
    public void Start() => _thread.Start();

    /// <summary>Ends it.</summary>
    public void Stop()
    {
        _ending = true;
        _wake.Wake();
        _thread.Join();
        Volatile.Write(ref _page.Header[HeaderWord.AgentEnded], 1);
        foreach (DeskSeat seat in _seats)
        {
            seat.Dispose();
        }
    }

    private void Run()
    {
        while (!_ending)
        {
            long now = MonotonicClock.NowNanoseconds;
            Volatile.Write(ref _page.Header[HeaderWord.AgentBeat], now);
            uint seen = _wake.Prepare(DeskBit);
            foreach (DeskSeat seat in _seats)
            {
                Serve(seat, now);
            }

            _desk.Review(now, _loop.CommandHeardNanoseconds);
            if (!_ending)
            {
                _wake.Wait(seen, now + CycleNanoseconds);
            }

            _wake.Done(DeskBit);
        }
    }

    private void Serve(DeskSeat seat, long now)
    {
        if (!seat.IsTaken)
        {
            return;
        }

        if (seat.IsLeft(now))
        {
            _desk.Leave(seat.SessionId);
            seat.Vacate();
            return;
        }

        if (seat.IsReserved)
        {
            return;
        }

        if (seat.ToldSessionId != 0)
        {
            ServeSession(seat, now);
        }

        if (seat.TryTakeHello(out ReadOnlySpan<byte> bytes))
        {
            ServeHello(seat, bytes, now);
        }
    }

    private void ServeSession(DeskSeat seat, long now)
    {
        if (seat.SessionId != 0 && !_desk.Knows(seat.SessionId))
        {
            seat.Expel();
        }
        else if (seat.HasBeaten())
        {
            _desk.Hear(seat.SessionId, now);
        }

        for (RequestKind kind = RequestKind.Heartbeat; kind <= RequestKind.Release; kind++)
        {
            switch (seat.TryTakeRequest(kind, out SessionRequest request))
            {
                case SlotCopy.Whole:
                    // A seat speaks for its own session only.
                    AckStatus status = request.Key.SessionId == seat.ToldSessionId
                        ? _desk.Judge(request, now)
                        : AckStatus.UnknownSession;
                    seat.Acknowledge(kind, request.Id, status);
                    break;
                case SlotCopy.Damaged:
                    AgentTally.Count(ref _tally.MalformedMessages);
                    break;
                case SlotCopy.Overtaken:
                    break;
            }
        }
    }

    private void ServeHello(DeskSeat seat, ReadOnlySpan<byte> bytes, long now)
    {
        Hello? hello = bytes.Length > LaneLayout.HelloBytesMax ? null : Frames.Parse<Hello>(bytes);
        if (hello is null)
        {
            AgentTally.Count(ref _tally.MalformedMessages);
            return;
        }

        // A seat has one session: who introduces himself again begins anew.
        _desk.Leave(seat.SessionId);
        IMessage answer = _desk.Admit(hello, seat.Index, now, out ulong sessionId);
        MessageKind kind = answer is Welcome ? MessageKind.Welcome : MessageKind.Refusal;
        if (!seat.TryAnswer(kind, answer, sessionId))
        {
            AgentTally.Count(ref _tally.MalformedMessages);
        }
    }
}
