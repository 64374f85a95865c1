using Google.Protobuf;
using HilRig.Bridge.Agent;
using HilRig.Bridge.Protos;
using HilRig.Bridge.SharedMemory.RealTime;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.SharedMemory;

/// <summary>
/// One seat as the agent sees it. What the peer wrote is copied before it is judged.
/// </summary>
internal sealed unsafe class DeskSeat : IDisposable
{
    private static readonly int StopCount = Enum.GetValues<StopReason>().Length;

    private readonly LanePage _page;
    private readonly long* _words;
    private readonly byte[] _hello = new byte[LaneLayout.MailboxBytes];
    private readonly long[] _answered = new long[SeatWord.KindCount];
    private PeerProcess? _peer;
    private long _holder;
    private long _beat;
    private long _helloId;

    /// <summary>Looks at a seat.</summary>
    /// <param name="page">The lane.</param>
    /// <param name="index">0 to 63.</param>
    public DeskSeat(LanePage page, int index)
    {
        _page = page;
        Index = index;
        _words = page.At(page.Layout.SeatOffset(index));
    }

    /// <summary>Which seat.</summary>
    public int Index { get; }

    /// <summary>Its open session; 0 for none.</summary>
    public ulong SessionId { get; private set; }

    /// <summary>The session its peer was told last, open or not.</summary>
    public ulong ToldSessionId { get; private set; }

    /// <summary>Whether a peer is still tidying it; known after <see cref="IsLeft"/>.</summary>
    public bool IsReserved { get; private set; }

    /// <summary>Whether a peer sits in it.</summary>
    public bool IsTaken => _holder != 0 || Volatile.Read(ref _words[SeatWord.Holder]) != 0;

    /// <summary>Whether its peer has left, died, or is not who it was.</summary>
    /// <param name="now">Now.</param>
    public bool IsLeft(long now)
    {
        long holder = Volatile.Read(ref _words[SeatWord.Holder]);
        IsReserved = holder < 0;
        long processId = holder < 0 ? -holder : holder;
        if (_peer is null)
        {
            _holder = processId;
            _peer = new PeerProcess(
                processId, IsReserved ? 0 : Volatile.Read(ref _words[SeatWord.HolderStart]));
        }

        _peer.Look(now);
        return _peer.HasEnded || processId != _holder
            || (!IsReserved && Volatile.Read(ref _words[SeatWord.Departure]) != 0);
    }

    /// <summary>Whether its peer has given a sign of life since the last call.</summary>
    public bool HasBeaten()
    {
        long beat = Volatile.Read(ref _words[SeatWord.Beat]);
        bool hasBeaten = beat != _beat;
        _beat = beat;
        return hasBeaten;
    }

    /// <summary>Takes an introduction that was not taken yet.</summary>
    /// <param name="bytes">Its bytes, copied.</param>
    public bool TryTakeHello(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        long id = Volatile.Read(ref _words[SeatWord.HelloId]);
        if (id == _helloId)
        {
            return false;
        }

        _helloId = id;
        int count = (int)Math.Clamp(
            Volatile.Read(ref _words[SeatWord.HelloBytes]), 0, LaneLayout.MailboxBytes);
        new ReadOnlySpan<byte>(_page.At(_page.Layout.HelloOffset(Index)), count).CopyTo(_hello);
        bytes = _hello.AsSpan(0, count);
        return true;
    }

    /// <summary>Answers the introduction taken last.</summary>
    /// <param name="kind">Welcome or Refusal.</param>
    /// <param name="message">The answer.</param>
    /// <param name="sessionId">The session that was opened; 0 for none.</param>
    /// <returns>False when it is longer than a mailbox.</returns>
    public bool TryAnswer(MessageKind kind, IMessage message, ulong sessionId)
    {
        int size = message.CalculateSize();
        if (size > LaneLayout.MailboxBytes)
        {
            return false;
        }

        message.WriteTo(new Span<byte>(_page.At(_page.Layout.AnswerOffset(Index)), size));
        (SessionId, ToldSessionId) = (sessionId, sessionId);
        _words[SeatWord.Session] = (long)sessionId;
        _words[SeatWord.AnswerKind] = (long)kind;
        _words[SeatWord.AnswerBytes] = size;
        Volatile.Write(ref _words[SeatWord.AnswerId], _helloId);
        new LaneWake(_page.Header + HeaderWord.StateWake).Wake();
        return true;
    }

    /// <summary>
    /// Tells the peer that its session is over; it stays in its seat until it leaves.
    /// </summary>
    public void Expel()
    {
        SessionId = 0;
        Volatile.Write(ref _words[SeatWord.Session], 0);
    }

    /// <summary>Takes a request that was not answered yet.</summary>
    /// <param name="kind">Of this kind.</param>
    /// <param name="request">The request.</param>
    /// <returns>Overtaken when there is none, or it is just being written.</returns>
    public SlotCopy TryTakeRequest(RequestKind kind, out SessionRequest request)
    {
        request = default;
        long* slot = _words + SeatWord.Requests + ((int)kind * SeatWord.RequestStride);
        long id = Volatile.Read(ref slot[RequestWord.Id]);
        if (id == 0 || id == _answered[(int)kind])
        {
            return SlotCopy.Overtaken;
        }

        long session = slot[RequestWord.Session];
        long token = slot[RequestWord.Token];
        long reason = slot[RequestWord.Reason];
        long check = slot[RequestWord.Check];
        Volatile.ReadBarrier();
        if (Volatile.Read(ref slot[RequestWord.Id]) != id)
        {
            return SlotCopy.Overtaken;
        }

        _answered[(int)kind] = id;
        if (check != RequestWord.CheckOf(session, token, reason, id)
            || reason <= 0 || reason >= StopCount)
        {
            return SlotCopy.Damaged;
        }

        request = new SessionRequest(
            new SessionKey((ulong)session, (ulong)token), (ulong)id, kind, (StopReason)reason);
        return SlotCopy.Whole;
    }

    /// <summary>Answers a request.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <param name="status">The answer.</param>
    public void Acknowledge(RequestKind kind, ulong id, AckStatus status)
    {
        long* answer = _words + SeatWord.Acks + ((int)kind * SeatWord.AckStride);
        answer[0] = (long)status;
        Volatile.Write(ref answer[1], (long)id);
        new LaneWake(_page.Header + HeaderWord.StateWake).Wake();
    }

    /// <summary>Ends watching its peer.</summary>
    public void Dispose() => Vacate();

    /// <summary>Empties the seat for the next peer. The command slot's turns go on.</summary>
    public void Vacate()
    {
        _peer?.Dispose();
        _peer = null;
        (SessionId, ToldSessionId, _holder, _beat, _helloId) = (0, 0, 0, 0, 0);
        Array.Clear(_answered);
        for (int i = 1; i < SeatWord.CommandOffset / sizeof(long); i++)
        {
            _words[i] = 0;
        }

        Interlocked.And(ref _page.Header[HeaderWord.StateWake + 1], ~(1L << Index));
        Volatile.Write(ref _words[SeatWord.Holder], 0);
    }
}
