using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.RealTime;

/// <summary>
/// What waits for the agent's real-time thread: requests as bits, the newest command in a slot. One
/// socket thread delivers, one real-time thread takes.
/// </summary>
internal sealed class AgentInbox : IDisposable
{
    private readonly LatestSlot<IncomingCommand> _commands;
    private readonly WakeSignal _wake = new();
    private int _pending;

    /// <summary>Makes an empty inbox.</summary>
    /// <param name="dofCount">Number of joints.</param>
    public AgentInbox(int dofCount)
    {
        _commands = new LatestSlot<IncomingCommand>(() => new IncomingCommand(dofCount));
    }

    /// <summary>The command to fill before <see cref="DeliverCommand"/>. Socket thread.</summary>
    public IncomingCommand Writable => _commands.Writable;

    /// <summary>Makes the filled command the newest one. Socket thread.</summary>
    /// <returns>True when it overwrote one that was never taken.</returns>
    public bool DeliverCommand()
    {
        bool superseded = _commands.Publish();
        Deliver(AgentRequest.Command);
        return superseded;
    }

    /// <summary>Adds requests and wakes the real-time thread. Any thread.</summary>
    /// <param name="requests">What is asked.</param>
    public void Deliver(AgentRequest requests)
    {
        Interlocked.Or(ref _pending, (int)requests);
        _wake.Set();
    }

    /// <inheritdoc cref="IAgentChannel.Wait"/>
    public AgentRequest Wait(long untilNanoseconds)
    {
        while (true)
        {
            int requests = Interlocked.Exchange(ref _pending, 0);
            if (requests != 0 || MonotonicClock.NowNanoseconds >= untilNanoseconds)
            {
                return (AgentRequest)requests;
            }

            _wake.Wait(untilNanoseconds);
        }
    }

    /// <inheritdoc cref="IAgentChannel.TryTakeCommand"/>
    public bool TryTake(JointCommand command, out CommandEnvelope envelope)
    {
        if (!_commands.TryTake(out IncomingCommand? newest))
        {
            envelope = default;
            return false;
        }

        newest.Command.CopyTo(command);
        envelope = newest.Envelope;
        return true;
    }

    /// <summary>Closes the wake signal; nobody may wait any more.</summary>
    public void Dispose() => _wake.Dispose();
}
