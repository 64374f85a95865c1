using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Sessions;

namespace HilRig.Devices.Tests.Support;

/// <summary>
/// An agent's channel without a bridge. A wait with nothing to deliver lets the clock run to its
/// end.
/// </summary>
internal sealed class ScriptedChannel(FakeClock clock, int dofCount) : IAgentChannel
{
    private readonly JointCommand _waiting = new(dofCount);
    private CommandEnvelope _envelope;
    private AgentRequest _requests;
    private bool _hasCommand;

    public SessionKey Owner { get; set; } = new(11, 1);

    public StopReason RequestedStop { get; set; } = StopReason.Requested;

    /// <summary>No wait lets the clock run past it.</summary>
    public long HorizonNanoseconds { get; set; } = long.MaxValue;

    /// <summary>The newest published state.</summary>
    public JointState State { get; } = new(dofCount);

    /// <summary>The newest published report.</summary>
    public AgentReport Report { get; } = new();

    /// <summary>How often a state was published.</summary>
    public int PublishCount { get; private set; }

    public void Ask(AgentRequest request) => _requests |= request;

    public void Send(JointCommand command, SessionKey? key = null)
    {
        command.CopyTo(_waiting);
        _envelope = new CommandEnvelope(
            key ?? Owner, clock.NowNanoseconds - 2, clock.NowNanoseconds - 1);
        _hasCommand = true;
        _requests |= AgentRequest.Command;
    }

    public AgentRequest Wait(long untilNanoseconds)
    {
        AgentRequest requests = _requests;
        _requests = AgentRequest.None;
        if (requests == AgentRequest.None)
        {
            clock.SleepUntil(Math.Min(untilNanoseconds, HorizonNanoseconds));
        }

        return requests;
    }

    public bool TryTakeCommand(JointCommand command, out CommandEnvelope envelope)
    {
        bool had = _hasCommand;
        _hasCommand = false;
        envelope = _envelope;
        if (had)
        {
            _waiting.CopyTo(command);
        }

        return had;
    }

    public void Publish(JointState state, AgentReport report)
    {
        PublishCount++;
        state.CopyTo(State);
        report.CopyTo(Report);
    }
}
