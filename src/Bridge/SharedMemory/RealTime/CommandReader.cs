using HilRig.Core.Joints;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.SharedMemory.RealTime;

/// <summary>The agent's end of every seat's command slot. The loop's thread.</summary>
internal sealed unsafe class CommandReader
{
    private const int AttemptsMax = 4;
    private readonly LanePage _page;
    private readonly long[] _words;
    private readonly long[] _taken = new long[LaneLayout.SeatCount];

    /// <summary>Makes a reader.</summary>
    /// <param name="page">The lane.</param>
    public CommandReader(LanePage page)
    {
        _page = page;
        _words = new long[page.Layout.CommandWordCount];
    }

    /// <summary>Commands that a newer one overwrote before they were taken.</summary>
    public long Superseded { get; private set; }

    /// <summary>Slots whose content was damaged.</summary>
    public long Damaged { get; private set; }

    /// <summary>Session and token that the command read last claims.</summary>
    public SessionKey Key =>
        new((ulong)_words[CommandWord.Session], (ulong)_words[CommandWord.Token]);

    /// <summary>When the command read last was sent.</summary>
    public long SentNanoseconds => _words[CommandWord.Sent];

    /// <summary>Reads the command of a seat when it is new and whole.</summary>
    /// <param name="seat">The seat.</param>
    /// <returns>False when there is none; one that is being written comes with a wake-up.</returns>
    public bool TryRead(int seat)
    {
        long* slot = _page.At(_page.Layout.CommandOffset(seat));
        ref long taken = ref _taken[seat & (LaneLayout.SeatCount - 1)];
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            long sequence = Volatile.Read(ref slot[CommandWord.SequenceLock]);
            if (sequence == taken || (sequence & 1) != 0 || sequence <= 0)
            {
                return false;
            }

            SlotCopy outcome = SlotGuard.TryCopy(slot, sequence, _words);
            if (outcome == SlotCopy.Overtaken)
            {
                continue;
            }

            long passed = (sequence - taken) / 2;
            taken = sequence;
            if (outcome == SlotCopy.Damaged)
            {
                Damaged++;
                return false;
            }

            Superseded += Math.Max(0, passed - 1);
            return true;
        }

        return false;
    }

    /// <summary>Copies the command read last.</summary>
    /// <param name="command">Receives it.</param>
    public void CopyTo(JointCommand command)
    {
        command.Sequence = _words[CommandWord.Sequence];
        command.AnsweredStateSequence = _words[CommandWord.AnsweredState];
        command.PlannedNanoseconds = _words[CommandWord.Planned];
        command.CreatedNanoseconds = _words[CommandWord.Created];
        command.ValidUntilNanoseconds = _words[CommandWord.ValidUntil];
        for (int i = 0; i < _page.Layout.DofCount; i++)
        {
            command.Position[i] = BitConverter.Int64BitsToDouble(_words[CommandWord.Position + i]);
            command.TorqueEnabled[i] = (_words[CommandWord.TorqueBits] >> i & 1) != 0;
        }
    }
}
