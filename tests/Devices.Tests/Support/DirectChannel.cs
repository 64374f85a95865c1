using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;

namespace HilRig.Devices.Tests.Support;

/// <summary>
/// An agent's channel between two threads of one process, in real time: one host thread, one agent
/// thread. Allocates nothing after construction.
/// </summary>
internal sealed class DirectChannel(int dofCount) : IAgentChannel, IDisposable
{
    private readonly AutoResetEvent _wake = new(false);
    private readonly LatestSlot<JointCommand> _commands = new(() => new JointCommand(dofCount));
    private readonly SpscRing<JointState> _states = new(1024, () => new JointState(dofCount));
    private readonly AgentReport _report = new();
    private long _sent;
    private int _requests;

    public SessionKey Owner { get; } = new(5, 1);

    public StopReason RequestedStop { get; set; } = StopReason.Requested;

    public void Ask(AgentRequest request)
    {
        Interlocked.Or(ref _requests, (int)request);
        _wake.Set();
    }

    public void Send(JointCommand command)
    {
        command.CopyTo(_commands.Writable);
        Volatile.Write(ref _sent, MonotonicClock.NowNanoseconds);
        _commands.Publish();
        Ask(AgentRequest.Command);
    }

    public bool TryReadState(JointState state)
    {
        if (!_states.TryBeginRead(out JointState? oldest))
        {
            return false;
        }

        oldest.CopyTo(state);
        _states.CommitRead();
        return true;
    }

    public void CopyReport(AgentReport report)
    {
        lock (_report)
        {
            _report.CopyTo(report);
        }
    }

    public AgentRequest Wait(long untilNanoseconds)
    {
        long left = untilNanoseconds - MonotonicClock.NowNanoseconds;
        if (left > 0 && Volatile.Read(ref _requests) == 0)
        {
            _wake.WaitOne((int)Math.Min((left + 999_999) / 1_000_000, 1000));
        }

        return (AgentRequest)Interlocked.Exchange(ref _requests, 0);
    }

    public bool TryTakeCommand(JointCommand command, out CommandEnvelope envelope)
    {
        envelope = default;
        if (!_commands.TryTake(out JointCommand? newest))
        {
            return false;
        }

        newest.CopyTo(command);
        long sent = Volatile.Read(ref _sent);
        envelope = new CommandEnvelope(Owner, sent, sent);
        return true;
    }

    public void Publish(JointState state, AgentReport report)
    {
        lock (_report)
        {
            report.CopyTo(_report);
        }

        if (_states.TryBeginWrite(out JointState? free))
        {
            state.CopyTo(free);
            _states.CommitWrite();
        }
    }

    public void Dispose() => _wake.Dispose();
}
