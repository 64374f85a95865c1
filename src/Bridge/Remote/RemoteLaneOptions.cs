using HilRig.Bridge.Agent;
using HilRig.Bridge.Wire;

namespace HilRig.Bridge.Remote;

/// <summary>Which agent a remote lane serves, and on which ports.</summary>
public sealed record RemoteLaneOptions
{
    /// <summary>The agent's address, "shm:PATH".</summary>
    public required string Agent { get; init; }

    /// <summary>
    /// TCP port of control on the loopback address; states are at the next one. 0 (the default)
    /// takes a free pair.
    /// </summary>
    public int Port { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">Names all faults.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (!Agent.StartsWith(AgentBridge.Scheme, StringComparison.Ordinal))
        {
            faults.Add($"Agent: an address such as shm:PATH, is {Agent}");
        }

        if (Port is < 0 or > EndpointPair.PortMax)
        {
            faults.Add($"Port: 0 to {EndpointPair.PortMax}, is {Port}");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults));
        }
    }
}
