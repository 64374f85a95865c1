using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.SharedMemory.RealTime;

/// <summary>A peer's end of its seat's command slot: the newest command wins. One thread.</summary>
internal sealed unsafe class CommandWriter
{
    private readonly LanePage _page;
    private readonly LaneWake _loop;
    private readonly long* _slot;
    private readonly long _seatBit;
    private long _turn;

    /// <summary>Goes on where the seat's last peer stopped, whole command or not.</summary>
    /// <param name="page">The lane.</param>
    /// <param name="seat">A seat this process holds.</param>
    public CommandWriter(LanePage page, int seat)
    {
        _page = page;
        _slot = page.At(page.Layout.CommandOffset(seat));
        _seatBit = 1L << seat;
        _loop = new LaneWake(page.Header + HeaderWord.LoopWake);
        long sequence = Volatile.Read(ref _slot[CommandWord.SequenceLock]);

        // Where the slot holds nonsense, a number the agent cannot have seen: turns count up from
        // 0 far slower than nanoseconds do, and one it has taken already would pass for old.
        _turn = sequence is >= 0 and < long.MaxValue / 2
            ? (sequence + 1) / 2
            : MonotonicClock.NowNanoseconds;
    }

    /// <summary>Writes a command and wakes the agent's loop.</summary>
    /// <param name="command">The command; copied.</param>
    /// <param name="key">Session and token of the sender.</param>
    /// <param name="sentNanoseconds">Now.</param>
    public void Write(JointCommand command, in SessionKey key, long sentNanoseconds)
    {
        long turn = _turn++;
        long* slot = _slot;
        SlotGuard.Begin(slot, turn);
        slot[CommandWord.Session] = (long)key.SessionId;
        slot[CommandWord.Token] = (long)key.OwnerToken;
        slot[CommandWord.Sequence] = command.Sequence;
        slot[CommandWord.AnsweredState] = command.AnsweredStateSequence;
        slot[CommandWord.Planned] = command.PlannedNanoseconds;
        slot[CommandWord.Created] = command.CreatedNanoseconds;
        slot[CommandWord.Sent] = sentNanoseconds;
        slot[CommandWord.ValidUntil] = command.ValidUntilNanoseconds;
        long bits = 0;
        for (int i = 0; i < _page.Layout.DofCount; i++)
        {
            slot[CommandWord.Position + i] = BitConverter.DoubleToInt64Bits(command.Position[i]);
            bits |= command.TorqueEnabled[i] ? 1L << i : 0;
        }

        slot[CommandWord.TorqueBits] = bits;
        SlotGuard.End(slot, turn, _page.Layout.CommandWordCount);
        Interlocked.Or(ref _page.Header[HeaderWord.CommandPending], _seatBit);
        _loop.Wake();
    }
}
