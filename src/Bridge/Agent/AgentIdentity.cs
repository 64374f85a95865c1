using HilRig.Core.RealTime;
using System.Security.Cryptography;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Wire;

namespace HilRig.Bridge.Agent;

/// <summary>What an agent is, as it introduces itself in the handshake.</summary>
internal sealed class AgentIdentity
{
    /// <summary>Takes the description from the options and draws an id.</summary>
    /// <param name="options">The agent's options.</param>
    public AgentIdentity(AgentBridgeOptions options)
    {
        Options = options;
        Id = RandomId();
    }

    /// <summary>Rig, joints, deadman.</summary>
    public AgentBridgeOptions Options { get; }

    /// <summary>Random id of this agent process.</summary>
    public ulong Id { get; }

    /// <summary>A random number other than 0.</summary>
    public static ulong RandomId()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt64(bytes) | 1;
    }

    /// <summary>The answer to a peer that is accepted.</summary>
    /// <param name="sessionId">Its session.</param>
    /// <param name="ownerToken">Its token; 0 for an observer.</param>
    public Welcome Welcome(ulong sessionId, ulong ownerToken)
    {
        var welcome = new Welcome
        {
            ProtocolMajor = WireSchema.Major,
            ProtocolMinor = WireSchema.Minor,
            Software = WireSchema.Software,
            SessionId = sessionId,
            OwnerToken = ownerToken,
            AgentId = Id,
            DeadmanNanoseconds = MonotonicClock.Nanoseconds(Options.Deadman),
            RigName = Options.RigName,
            RigSha256 = Options.RigSha256,
        };
        JointWire.AddTo(welcome.Joints, Options.Joints);
        return welcome;
    }
}
