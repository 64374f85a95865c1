using HilRig.Bridge.Protos;
using HilRig.Bridge.RealTime;
using HilRig.Bridge.Wire;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;
using NetMQ;

namespace HilRig.Bridge.Agent;

/// <summary>
/// The agent's publishing thread: takes the newest state from the real-time thread and sends it to
/// everybody who listens.
/// </summary>
internal sealed class StatePublisher : IDisposable
{
    private const long IdleWaitNanoseconds = 100_000_000;

    private readonly LatestSlot<OutgoingState> _states;
    private readonly WakeSignal _wake = new();
    private readonly StateCodec _codec;
    private readonly AgentTally _tally;
    private readonly ulong _agentId;

    /// <summary>Makes a publisher; <see cref="Run"/> does the work.</summary>
    /// <param name="agent">What we are.</param>
    /// <param name="tally">Counters.</param>
    public StatePublisher(AgentIdentity agent, AgentTally tally)
    {
        int dofCount = agent.Options.Joints.Count;
        _states = new LatestSlot<OutgoingState>(() => new OutgoingState(dofCount));
        _codec = new StateCodec(dofCount);
        _agentId = agent.Id;
        _tally = tally;
    }

    /// <summary>
    /// Hands over a state. Real-time thread; allocates nothing and touches no socket.
    /// </summary>
    /// <param name="state">The state; copied.</param>
    /// <param name="report">The agent's counters; copied.</param>
    /// <param name="answeredSessionId">Session whose command the state answers.</param>
    public void Publish(JointState state, AgentReport report, ulong answeredSessionId)
    {
        OutgoingState outgoing = _states.Writable;
        state.CopyTo(outgoing.State);
        report.CopyTo(outgoing.Report);
        outgoing.AnsweredSessionId = answeredSessionId;
        if (_states.Publish())
        {
            AgentTally.Count(ref _tally.StatesSuperseded);
        }

        _wake.Set();
    }

    /// <summary>Sends until told to stop.</summary>
    /// <param name="publisher">A bound publisher socket of the calling thread.</param>
    /// <param name="cancel">Ends the loop within some 100 ms.</param>
    public void Run(NetMQSocket publisher, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            _wake.Wait(MonotonicClock.NowNanoseconds + IdleWaitNanoseconds);
            while (_states.TryTake(out OutgoingState? outgoing))
            {
                Send(publisher, outgoing);
            }
        }
    }

    /// <summary>Closes the wake signal; nobody may publish any more.</summary>
    public void Dispose() => _wake.Dispose();

    // Strangers' commands never reach the real-time thread, so they are counted in here.
    private void Send(NetMQSocket publisher, OutgoingState outgoing)
    {
        AgentReport report = outgoing.Report;
        report.CommandCounts[(int)CommandVerdict.ForeignSession] +=
            Volatile.Read(ref _tally.CommandsForeign);
        report.CommandCounts[(int)CommandVerdict.NotOwner] +=
            Volatile.Read(ref _tally.CommandsNotOwner);
        State message = _codec.Encode(
            outgoing.State, report, _agentId, outgoing.AnsweredSessionId);
        Frames.Send(publisher, MessageKind.State, message, TimeSpan.Zero);
        AgentTally.Count(ref _tally.StatesPublished);
    }
}
