using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Telemetry;
using HilRig.Core.Time;

namespace HilRig.Harness.RealTime;

/// <summary>
/// Ticks whose command has not been answered yet. They leave in order: answered, or unanswered once
/// a later one has been answered or too many wait.
/// </summary>
internal sealed class PendingTicks
{
    /// <summary>Ticks that may wait for their answer at once.</summary>
    internal const int Capacity = 32;

    private readonly TickRecord[] _records = new TickRecord[Capacity];
    private readonly SpscRing<TickRecord> _ring;
    private long _oldest = 1;
    private long _next = 1;

    /// <summary>Makes an empty set.</summary>
    /// <param name="dofCount">Number of joints.</param>
    /// <param name="ring">Receives finished ticks.</param>
    internal PendingTicks(int dofCount, SpscRing<TickRecord> ring)
    {
        _ring = ring;
        for (int i = 0; i < Capacity; i++)
        {
            _records[i] = new TickRecord(dofCount);
        }
    }

    /// <summary>Ticks lost because the ring was full.</summary>
    internal long OverflowCount { get; private set; }

    /// <summary>Takes a slot for the command of the next sequence number.</summary>
    /// <returns>The record to fill; its command's sequence is the one it is answered by.</returns>
    internal TickRecord Begin()
    {
        if (_next - _oldest == Capacity)
        {
            Push();
        }

        TickRecord record = _records[_next % Capacity];
        _next++;
        record.Answered = false;
        record.FaultedJoints = 0;
        return record;
    }

    /// <summary>
    /// Completes the tick whose command <paramref name="state"/> answers, if it waits.
    /// </summary>
    /// <param name="state">A state of the plant.</param>
    /// <param name="receivedNanoseconds">When it was read here.</param>
    /// <param name="seen">What controller and measures see of it.</param>
    /// <param name="faultedJoints">Joints in which that differs, bit i for joint i.</param>
    internal void Answer(
        JointState state, long receivedNanoseconds, JointState seen, ulong faultedJoints)
    {
        long sequence = state.AnsweredCommandSequence;
        if (sequence < _oldest || sequence >= _next)
        {
            return;
        }

        // States come in order: what is older will not be answered any more.
        while (_oldest < sequence)
        {
            Push();
        }

        TickRecord record = _records[sequence % Capacity];
        state.CopyTo(record.Real);
        record.FaultedJoints = faultedJoints;
        if (faultedJoints != 0)
        {
            seen.CopyTo(record.Seen);
        }

        record.Answered = true;
        HopStamps stamps = record.Stamps;
        HopStamps answer = state.Stamps;
        stamps.AgentReceived = answer.AgentReceived;
        stamps.BusWriteStart = answer.BusWriteStart;
        stamps.BusWriteEnd = answer.BusWriteEnd;
        stamps.BusReply = answer.BusReply;
        stamps.StateReceived = answer.StateReceived != 0
            ? answer.StateReceived
            : receivedNanoseconds;
        record.Stamps = stamps;
        Push();
    }

    /// <summary>Lets everything go that still waits: the run is over.</summary>
    internal void Flush()
    {
        while (_oldest < _next)
        {
            Push();
        }
    }

    private void Push()
    {
        TickRecord record = _records[_oldest % Capacity];
        _oldest++;
        if (_ring.TryBeginWrite(out TickRecord? item))
        {
            record.CopyTo(item);
            _ring.CommitWrite();
        }
        else
        {
            OverflowCount++;
        }
    }
}
