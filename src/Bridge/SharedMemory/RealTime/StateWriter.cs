using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;
using HilRig.Core.Time;

namespace HilRig.Bridge.SharedMemory.RealTime;

/// <summary>
/// The agent's end of the ring of states: each state is written once, however many read it, and no
/// reader can hold the writer up. The loop's thread.
/// </summary>
internal sealed unsafe class StateWriter
{
    private readonly LanePage _page;
    private readonly LaneWake _readers;
    private readonly long _agentId;
    private long _count;

    /// <summary>Makes a writer of an empty ring.</summary>
    /// <param name="page">The lane.</param>
    /// <param name="agentId">This agent.</param>
    public StateWriter(LanePage page, ulong agentId)
    {
        _page = page;
        _agentId = (long)agentId;
        _readers = new LaneWake(page.Header + HeaderWord.StateWake);
    }

    /// <summary>States written so far.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>Writes a state and wakes who waits for it.</summary>
    /// <param name="state">The state; copied.</param>
    /// <param name="report">The agent's counters; copied.</param>
    /// <param name="answeredSessionId">Session whose command the state answers.</param>
    /// <param name="strangers">
    /// Commands of strangers, which the report does not count: foreign, not owner.
    /// </param>
    public void Write(
        JointState state,
        AgentReport report,
        ulong answeredSessionId,
        (long Foreign, long NotOwner) strangers)
    {
        long turn = _count;
        long* slot = _page.At(_page.Layout.StateOffset(turn));
        SlotGuard.Begin(slot, turn);
        slot[StateWord.Agent] = _agentId;
        slot[StateWord.AnsweredSession] = (long)answeredSessionId;
        slot[StateWord.Sequence] = state.Sequence;
        slot[StateWord.AnsweredCommand] = state.AnsweredCommandSequence;
        slot[StateWord.Sampled] = state.SampledNanoseconds;
        slot[StateWord.Health] = (long)state.Health;
        slot[StateWord.Fresh] = (long)state.FreshJoints;
        WriteHops(slot + StateWord.Hops, state.Stamps);
        WriteReport(slot, report);
        slot[StateWord.Verdicts + (int)CommandVerdict.ForeignSession] += strangers.Foreign;
        slot[StateWord.Verdicts + (int)CommandVerdict.NotOwner] += strangers.NotOwner;
        long* values = slot + StateWord.Values;
        int dofCount = _page.Layout.DofCount;
        for (int i = 0; i < dofCount; i++)
        {
            values[i] = BitConverter.DoubleToInt64Bits(state.Position[i]);
            values[dofCount + i] = BitConverter.DoubleToInt64Bits(state.Velocity[i]);
            values[(2 * dofCount) + i] = BitConverter.DoubleToInt64Bits(state.Effort[i]);
        }

        slot[StateWord.Published] = MonotonicClock.NowNanoseconds;
        SlotGuard.End(slot, turn, _page.Layout.StateWordCount);
        Volatile.Write(ref _count, turn + 1);
        Volatile.Write(ref _page.Header[HeaderWord.StateHead], turn + 1);
        _readers.Wake();
    }

    private static void WriteHops(long* hops, in HopStamps stamps)
    {
        hops[0] = stamps.Planned;
        hops[1] = stamps.CommandSent;
        hops[2] = stamps.AgentReceived;
        hops[3] = stamps.BusWriteStart;
        hops[4] = stamps.BusWriteEnd;
        hops[5] = stamps.BusReply;
    }

    private static void WriteReport(long* slot, AgentReport report)
    {
        slot[StateWord.Stop] = (long)report.StopReason;
        slot[StateWord.StopJoint] = report.StopJoint;
        slot[StateWord.StopAcknowledged] = report.StopAcknowledged ? 1 : 0;
        slot[StateWord.BusErrors] = report.BusErrorCount;
        slot[StateWord.BusRetries] = report.BusRetryCount;
        slot[StateWord.Allocated] = report.AllocatedBytes;
        for (int i = 0; i < StateWord.VerdictCount; i++)
        {
            slot[StateWord.Verdicts + i] = report.CommandCounts[i];
        }
    }
}
