using HilRig.Core.Joints;
using HilRig.Core.Sessions;
using HilRig.Core.Time;

namespace HilRig.Bridge.SharedMemory.RealTime;

/// <summary>
/// A reader of the ring of states, with a place of its own in it. One that comes late skips ahead
/// and counts what it skipped. One thread; allocates nothing.
/// </summary>
internal sealed unsafe class StateReader
{
    private const int AttemptsMax = 4;
    private static readonly int HealthCount = Enum.GetValues<PlantHealth>().Length;
    private static readonly int StopCount = Enum.GetValues<StopReason>().Length;

    private readonly LanePage _page;
    private readonly long[] _words;
    private long _next;

    /// <summary>Makes a reader that begins with the next state.</summary>
    /// <param name="page">The lane.</param>
    public StateReader(LanePage page)
    {
        _page = page;
        _words = new long[page.Layout.StateWordCount];

        // Twice the number and a little is what a slot carries: it must not overflow.
        _next = Math.Clamp(Head, 0, long.MaxValue / 4);
    }

    /// <summary>States that were overwritten before this reader came to them.</summary>
    public long Skipped { get; private set; }

    /// <summary>States that were damaged or made no sense.</summary>
    public long Damaged { get; private set; }

    /// <summary>Whether the next state is there, or its place was overwritten.</summary>
    public bool HasNext =>
        Volatile.Read(ref Slot(_next)[StateWord.SequenceLock]) >= SlotGuard.Sealed(_next);

    /// <summary>Health in the state read last.</summary>
    public PlantHealth Health => (PlantHealth)_words[StateWord.Health];

    /// <summary>When the agent published it, CLOCK_MONOTONIC ns.</summary>
    public long PublishedNanoseconds => _words[StateWord.Published];

    /// <summary>Session whose command it answers; 0 for none.</summary>
    public ulong AnsweredSessionId => (ulong)_words[StateWord.AnsweredSession];

    /// <summary>The agent that wrote it.</summary>
    public ulong AgentId => (ulong)_words[StateWord.Agent];

    private long Head => Volatile.Read(ref _page.Header[HeaderWord.StateHead]);

    /// <summary>Reads the oldest state not read yet.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryRead()
    {
        for (int attempt = 0; attempt < AttemptsMax && HasNext; attempt++)
        {
            long* slot = Slot(_next);
            long sequence = Volatile.Read(ref slot[StateWord.SequenceLock]);
            if (sequence != SlotGuard.Sealed(_next))
            {
                if (!TrySkip(sequence))
                {
                    break;
                }

                continue;
            }

            SlotCopy outcome = SlotGuard.TryCopy(slot, sequence, _words);
            if (outcome == SlotCopy.Overtaken)
            {
                continue;
            }

            _next++;
            if (outcome == SlotCopy.Whole && HasSense())
            {
                return true;
            }

            Damaged++;
        }

        FindWriter();
        return false;
    }

    /// <summary>Skips all but the newest unread states.</summary>
    /// <param name="count">How many stay.</param>
    public void KeepNewest(int count)
    {
        long head = Head;
        long next = head - count;
        if (next > _next && head > 0 && Volatile.Read(
            ref Slot(head - 1)[StateWord.SequenceLock]) >= SlotGuard.Sealed(head - 1))
        {
            Skipped += next - _next;
            _next = next;
        }
    }

    /// <summary>Reads the newest state, whatever was read before; the place stays.</summary>
    /// <returns>False when there is none, or it is just being overwritten.</returns>
    public bool TryPeekNewest()
    {
        long newest = Head - 1;
        if (newest < 0)
        {
            return false;
        }

        long* slot = Slot(newest);
        long sequence = Volatile.Read(ref slot[StateWord.SequenceLock]);
        return sequence == SlotGuard.Sealed(newest)
            && SlotGuard.TryCopy(slot, sequence, _words) == SlotCopy.Whole
            && HasSense();
    }

    /// <summary>Copies the state read last.</summary>
    /// <param name="state">Receives it.</param>
    public void CopyTo(JointState state)
    {
        ReadOnlySpan<long> words = _words;
        state.Sequence = words[StateWord.Sequence];
        state.AnsweredCommandSequence = words[StateWord.AnsweredCommand];
        state.SampledNanoseconds = words[StateWord.Sampled];
        state.Health = Health;
        state.FreshJoints = (ulong)words[StateWord.Fresh];
        ReadOnlySpan<long> hops = words[StateWord.Hops..];
        state.Stamps = new HopStamps
        {
            Planned = hops[0],
            CommandSent = hops[1],
            AgentReceived = hops[2],
            BusWriteStart = hops[3],
            BusWriteEnd = hops[4],
            BusReply = hops[5],
            StateReceived = PublishedNanoseconds,
        };
        int dofCount = _page.Layout.DofCount;
        ReadOnlySpan<long> values = words[StateWord.Values..];
        for (int i = 0; i < dofCount; i++)
        {
            state.Position[i] = BitConverter.Int64BitsToDouble(values[i]);
            state.Velocity[i] = BitConverter.Int64BitsToDouble(values[dofCount + i]);
            state.Effort[i] = BitConverter.Int64BitsToDouble(values[(2 * dofCount) + i]);
        }
    }

    /// <summary>Copies the report of the state read last.</summary>
    /// <param name="report">Receives it.</param>
    public void CopyTo(AgentReport report)
    {
        ReadOnlySpan<long> words = _words;
        report.StopReason = (StopReason)words[StateWord.Stop];
        report.StopJoint = (int)words[StateWord.StopJoint];
        report.StopAcknowledged = words[StateWord.StopAcknowledged] != 0;
        report.BusErrorCount = words[StateWord.BusErrors];
        report.BusRetryCount = words[StateWord.BusRetries];
        report.AllocatedBytes = words[StateWord.Allocated];
        words.Slice(StateWord.Verdicts, StateWord.VerdictCount).CopyTo(report.CommandCounts);
    }

    // A reader is never more than one state ahead of the head; it is only where the head it began
    // at was nonsense that somebody wrote over it. A writer's first state would then never come.
    private void FindWriter()
    {
        long head = Head;
        if (head >= 0 && _next - head > 1)
        {
            _next = head;
        }
    }

    // The slot's own number says how far the writer is ahead; half a ring is left to catch up in.
    // What stands where the writer has not been yet is nobody's state: it will be overwritten.
    private bool TrySkip(long sequence)
    {
        long head = Head;
        if (_next >= head)
        {
            return false;
        }

        long newest = (sequence / 2) - 1;
        bool fits = newest > _next && newest <= head && (sequence & 1) == 0
            && ((newest ^ _next) & (LaneLayout.StateSlotCount - 1)) == 0;
        long next = fits ? newest - (LaneLayout.StateSlotCount / 2) : _next + 1;
        Skipped += next - _next;
        _next = next;
        return true;
    }

    private bool HasSense() =>
        _words[StateWord.Health] >= 0 && _words[StateWord.Health] < HealthCount
        && _words[StateWord.Stop] >= 0 && _words[StateWord.Stop] < StopCount;

    private long* Slot(long index) => _page.At(_page.Layout.StateOffset(index));
}
