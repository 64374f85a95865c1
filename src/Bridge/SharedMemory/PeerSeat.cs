using HilRig.Bridge.Protos;
using HilRig.Bridge.SharedMemory.RealTime;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.SharedMemory;

/// <summary>
/// A seat as the peer that sits in it sees it. One thread commands; requests, answers and signs of
/// life may come from another.
/// </summary>
internal sealed unsafe class PeerSeat
{
    private readonly LanePage _page;
    private readonly LaneWake _desk;
    private readonly long* _words;
    private readonly CommandWriter _commands;
    private long _helloId;

    private PeerSeat(LanePage page, int index)
    {
        _page = page;
        Index = index;
        _words = page.At(page.Layout.SeatOffset(index));
        _desk = new LaneWake(page.Header + HeaderWord.DeskWake);
        _commands = new CommandWriter(page, index);
    }

    /// <summary>Which seat.</summary>
    public int Index { get; }

    /// <summary>Whether the agent no longer knows the session of this seat.</summary>
    public bool IsExpelled => Volatile.Read(ref _words[SeatWord.Session]) == 0;

    /// <summary>Takes a free seat.</summary>
    /// <param name="page">The lane.</param>
    /// <returns>Null when there is none.</returns>
    public static PeerSeat? TryTake(LanePage page)
    {
        for (int i = 0; i < LaneLayout.SeatCount; i++)
        {
            long* words = page.At(page.Layout.SeatOffset(i));
            if (Interlocked.CompareExchange(
                ref words[SeatWord.Holder], -Environment.ProcessId, 0) == 0)
            {
                Tidy(words);
                words[SeatWord.HolderStart] = ProcessStart.TicksOf(Environment.ProcessId);
                Volatile.Write(ref words[SeatWord.Holder], Environment.ProcessId);
                return new PeerSeat(page, i);
            }
        }

        return null;
    }

    // The agent leaves a seat empty, but whoever has written into it since may not have.
    private static void Tidy(long* words)
    {
        for (int i = SeatWord.Holder + 1; i < SeatWord.CommandOffset / sizeof(long); i++)
        {
            words[i] = 0;
        }
    }

    /// <summary>Introduces this peer.</summary>
    /// <param name="hello">Bytes of the introduction.</param>
    /// <returns>False when they are too many.</returns>
    public bool TryIntroduce(ReadOnlySpan<byte> hello)
    {
        if (hello.Length > LaneLayout.HelloBytesMax)
        {
            return false;
        }

        hello.CopyTo(new Span<byte>(_page.At(_page.Layout.HelloOffset(Index)), hello.Length));
        _words[SeatWord.HelloBytes] = hello.Length;
        Volatile.Write(ref _words[SeatWord.HelloId], ++_helloId);
        _desk.Wake();
        return true;
    }

    /// <summary>Takes the answer to it.</summary>
    /// <param name="kind">Welcome or Refusal.</param>
    /// <param name="answer">Its bytes, copied.</param>
    public bool TryTakeAnswer(out MessageKind kind, out byte[] answer)
    {
        kind = MessageKind.Unspecified;
        answer = [];
        if (Volatile.Read(ref _words[SeatWord.AnswerId]) != _helloId)
        {
            return false;
        }

        kind = (MessageKind)_words[SeatWord.AnswerKind];
        int count = (int)Math.Clamp(_words[SeatWord.AnswerBytes], 0, LaneLayout.MailboxBytes);
        answer = new ReadOnlySpan<byte>(
            _page.At(_page.Layout.AnswerOffset(Index)), count).ToArray();
        return true;
    }

    /// <summary>Writes a command; the newest wins. Allocates nothing.</summary>
    /// <param name="command">The command; copied.</param>
    /// <param name="key">Session and token of the sender.</param>
    /// <param name="sentNanoseconds">Now.</param>
    public void Command(JointCommand command, in SessionKey key, long sentNanoseconds) =>
        _commands.Write(command, key, sentNanoseconds);

    /// <summary>Asks for something. Allocates nothing.</summary>
    /// <param name="kind">What; an earlier request of this kind is forgotten.</param>
    /// <param name="id">Its number, other than the last one's.</param>
    /// <param name="key">Session and token of the sender.</param>
    /// <param name="reason">Why, for a stop.</param>
    public void Ask(RequestKind kind, ulong id, in SessionKey key, StopReason reason)
    {
        long* slot = _words + SeatWord.Requests + ((int)kind * SeatWord.RequestStride);
        Volatile.Write(ref slot[RequestWord.Id], 0);
        Volatile.WriteBarrier();
        slot[RequestWord.Session] = (long)key.SessionId;
        slot[RequestWord.Token] = (long)key.OwnerToken;
        slot[RequestWord.Reason] = (long)reason;
        slot[RequestWord.Check] = RequestWord.CheckOf(
            (long)key.SessionId, (long)key.OwnerToken, (long)reason, (long)id);
        Volatile.Write(ref slot[RequestWord.Id], (long)id);
        _desk.Wake();
    }

    /// <summary>What the newest request of a kind was answered.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="id">Its number.</param>
    /// <returns>Unspecified while it is open.</returns>
    public AckStatus AnswerTo(RequestKind kind, ulong id)
    {
        long* answer = _words + SeatWord.Acks + ((int)kind * SeatWord.AckStride);
        return Volatile.Read(ref answer[1]) == (long)id ? (AckStatus)answer[0]
            : AckStatus.Unspecified;
    }

    /// <summary>Shows that this peer is alive.</summary>
    public void Beat() =>
        Volatile.Write(ref _words[SeatWord.Beat], _words[SeatWord.Beat] + 1);

    /// <summary>Gives the seat back; it may not be used any more.</summary>
    public void Leave()
    {
        Volatile.Write(ref _words[SeatWord.Departure], 1);
        _desk.Wake();
    }
}
