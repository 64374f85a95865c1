using HilRig.Bridge.Protos;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.Host;

/// <summary>
/// Watches an agent that somebody else owns. It cannot command, but it may ask for a stop.
/// </summary>
public sealed class AgentObserver : IDisposable
{
    private readonly IAgentLink _link;
    private bool _disposed;

    private AgentObserver(IAgentLink link)
    {
        _link = link;
        JointNames = [.. link.Welcome.Joints.Select(joint => joint.Name)];
    }

    /// <summary>Names of the agent's joints, in [dof] order.</summary>
    public IReadOnlyList<string> JointNames { get; }

    /// <summary>Name of the agent's rig.</summary>
    public string RigName => _link.Welcome.RigName;

    /// <summary>SHA-256 of the agent's rig file, lower-case hex.</summary>
    public string RigSha256 => _link.Welcome.RigSha256;

    /// <summary>The agent's newest counters, as a copy.</summary>
    public AgentReport Report
    {
        get
        {
            var report = new AgentReport();
            _link.CopyReport(report);
            return report;
        }
    }

    /// <summary>What this side of the bridge has counted.</summary>
    public LinkCounters Counters => _link.Counters;

    /// <summary>Connects to an agent.</summary>
    /// <param name="endpoint">
    /// Where it is: "shm:PATH" as the agent prints it, or "tcp://127.0.0.1:PORT" as a bridge does.
    /// </param>
    /// <param name="handshakeTimeout">How long it has to answer.</param>
    /// <param name="lostTimeout">Silence after which it counts as lost.</param>
    /// <exception cref="ProtocolException">It does not answer, or refuses.</exception>
    public static AgentObserver Connect(
        string endpoint, TimeSpan handshakeTimeout, TimeSpan lostTimeout)
    {
        var hello = new Hello { Role = Role.Observer };
        return new AgentObserver(
            AgentLinks.Connect(endpoint, hello, new LinkOptions(handshakeTimeout, lostTimeout)));
    }

    /// <summary>Takes the oldest unread state. One thread; allocates nothing.</summary>
    /// <param name="state">Receives it when the result is <see cref="PlantStatus.Ok"/>.</param>
    /// <returns>Ok, NoNewState, or Lost when the agent is silent.</returns>
    public PlantStatus TryRead(JointState state)
    {
        if (_link.TryRead(state))
        {
            return PlantStatus.Ok;
        }

        return _link.IsLost ? PlantStatus.Lost : PlantStatus.NoNewState;
    }

    /// <summary>Asks the agent to bring the rig to its safe posture. Does not wait.</summary>
    public void RequestStop() => _link.Post(RequestKind.Stop);

    /// <summary>Ends the session.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _link.Dispose();
        }
    }
}
