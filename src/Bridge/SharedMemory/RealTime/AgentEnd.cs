using HilRig.Bridge.Agent;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.SharedMemory.RealTime;

/// <summary>
/// The lane as the agent's loop uses it: waits for requests of the session desk and for commands in
/// the seats, takes the owner's newest command, and writes states.
/// </summary>
internal sealed unsafe class AgentEnd
{
    private const long LoopBit = 1;
    private readonly LanePage _page;
    private readonly LaneWake _wake;
    private readonly CommandReader _reader;
    private readonly StateWriter _states;
    private readonly OwnerLease _lease;
    private readonly AgentTally _tally;
    private readonly bool _spins;
    private int _requests;
    private int _stopReason = (int)StopReason.Requested;
    private ulong _answeredSessionId;
    private long _commandHeard;
    private int _health = (int)PlantHealth.Disarmed;

    /// <summary>Makes the loop's end of a lane.</summary>
    /// <param name="page">The lane.</param>
    /// <param name="agent">What we are.</param>
    /// <param name="lease">Who may command, and from which seat.</param>
    /// <param name="tally">Counters.</param>
    public AgentEnd(LanePage page, AgentIdentity agent, OwnerLease lease, AgentTally tally)
    {
        _page = page;
        _lease = lease;
        _tally = tally;
        _spins = agent.Options.Waiting == LaneWaiting.Spinning;
        _wake = new LaneWake(page.Header + HeaderWord.LoopWake);
        _reader = new CommandReader(page);
        _states = new StateWriter(page, agent.Id);
    }

    /// <summary>Reason of the newest stop request. Any thread.</summary>
    public StopReason RequestedStop => (StopReason)Volatile.Read(ref _stopReason);

    /// <summary>Whether the newest state says armed. Any thread.</summary>
    public bool IsArmed => Volatile.Read(ref _health) == (int)PlantHealth.Armed;

    /// <summary>
    /// When the owner's newest command was taken, CLOCK_MONOTONIC ns. Any thread.
    /// </summary>
    public long CommandHeardNanoseconds => Volatile.Read(ref _commandHeard);

    /// <summary>Hands requests to the loop. The desk's thread.</summary>
    /// <param name="requests">What is asked.</param>
    /// <param name="reason">Why, when a stop is among them.</param>
    public void Deliver(AgentRequest requests, StopReason reason)
    {
        if ((requests & AgentRequest.Stop) != 0)
        {
            Volatile.Write(ref _stopReason, (int)reason);
        }

        Interlocked.Or(ref _requests, (int)requests);
        _wake.Wake();
    }

    /// <inheritdoc cref="IAgentChannel.Wait"/>
    public AgentRequest Wait(long untilNanoseconds)
    {
        while (true)
        {
            AgentRequest requests = Take();
            if (requests != AgentRequest.None || MonotonicClock.NowNanoseconds >= untilNanoseconds)
            {
                return requests;
            }

            if (_spins)
            {
                Thread.SpinWait(1);
                continue;
            }

            uint seen = _wake.Prepare(LoopBit);
            if (!HasPending)
            {
                _wake.Wait(seen, untilNanoseconds);
            }

            _wake.Done(LoopBit);
        }
    }

    /// <inheritdoc cref="IAgentChannel.TryTakeCommand"/>
    public bool TryTake(JointCommand command, out CommandEnvelope envelope)
    {
        envelope = default;
        int seat = _lease.Seat;
        if (seat < 0 || !_reader.TryRead(seat))
        {
            return false;
        }

        SessionKey key = _reader.Key;
        if (key != _lease.Key)
        {
            CountStranger(key);
            return false;
        }

        long now = MonotonicClock.NowNanoseconds;
        _reader.CopyTo(command);
        envelope = new CommandEnvelope(key, _reader.SentNanoseconds, now);
        _answeredSessionId = key.SessionId;
        Volatile.Write(ref _commandHeard, now);
        AgentTally.Count(ref _tally.CommandsReceived);
        Volatile.Write(ref _tally.CommandsSuperseded, _reader.Superseded);
        return true;
    }

    /// <inheritdoc cref="IAgentChannel.Publish"/>
    public void Publish(JointState state, AgentReport report)
    {
        Volatile.Write(ref _health, (int)state.Health);
        _states.Write(
            state, report, _answeredSessionId, (_tally.CommandsForeign, _tally.CommandsNotOwner));
        Volatile.Write(ref _tally.StatesPublished, _states.Count);
    }

    private bool HasPending => Volatile.Read(ref _requests) != 0
        || Volatile.Read(ref _page.Header[HeaderWord.CommandPending]) != 0;

    private AgentRequest Take()
    {
        AgentRequest requests = Volatile.Read(ref _requests) == 0
            ? AgentRequest.None
            : (AgentRequest)Interlocked.Exchange(ref _requests, 0);
        ref long pending = ref _page.Header[HeaderWord.CommandPending];
        if (Volatile.Read(ref pending) == 0)
        {
            return requests;
        }

        ulong seats = (ulong)Interlocked.Exchange(ref pending, 0);
        int owner = _lease.Seat;
        if (owner >= 0 && (seats >> owner & 1) != 0)
        {
            requests |= AgentRequest.Command;
            seats &= ~(1UL << owner);
        }

        if (seats != 0)
        {
            CountStrangers(seats);
        }

        return requests;
    }

    // A stranger's command is in a slot of its own, so it never displaces the owner's.
    private void CountStrangers(ulong seats)
    {
        for (int seat = 0; seat < LaneLayout.SeatCount; seat++)
        {
            if ((seats >> seat & 1) != 0 && _reader.TryRead(seat))
            {
                CountStranger(_reader.Key);
            }
        }

        Volatile.Write(ref _tally.CommandsDamaged, _reader.Damaged);
    }

    private void CountStranger(in SessionKey key)
    {
        SessionKey owner = _lease.Key;
        bool isForeign = owner.SessionId == 0 || key.SessionId != owner.SessionId;
        if (isForeign)
        {
            AgentTally.Count(ref _tally.CommandsForeign);
        }
        else
        {
            AgentTally.Count(ref _tally.CommandsNotOwner);
        }
    }
}
