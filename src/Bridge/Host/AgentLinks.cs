using Google.Protobuf;
using HilRig.Bridge.Agent;
using HilRig.Bridge.Clocks;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Security.Tunnel;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;

namespace HilRig.Bridge.Host;

/// <summary>Picks the lane by the agent's address.</summary>
internal static class AgentLinks
{
    /// <summary>Shakes hands with an agent.</summary>
    /// <param name="address">
    /// "shm:PATH" on this machine, "tcp://127.0.0.1:PORT" by ZeroMQ, "tls://HOST:PORT" by a gate.
    /// </param>
    /// <param name="hello">What this peer is; versions are filled in here.</param>
    /// <param name="options">Patience.</param>
    /// <exception cref="ProtocolException">
    /// The address is none, nobody answers, or the agent refuses.
    /// </exception>
    public static IAgentLink Connect(string address, Hello hello, in LinkOptions options)
    {
        hello.ProtocolMajor = WireSchema.Major;
        hello.ProtocolMinor = WireSchema.Minor;
        hello.Software = WireSchema.Software;
        hello.SchemaSha256 = ByteString.CopyFrom(WireSchema.Sha256);
        if (address.StartsWith(AgentBridge.Scheme, StringComparison.Ordinal))
        {
            return SharedMemoryLink.Connect(address[AgentBridge.Scheme.Length..], hello, options);
        }

        if (address.StartsWith("tcp://", StringComparison.Ordinal))
        {
            return new ZeroMqLink(address, hello, options);
        }

        if (TlsEndpoint.Is(address))
        {
            ClockedCarrier carrier = ClockedCarrier.Open(
                TlsEndpoint.Open(address), options.Handshake);
            return new ZeroMqLink(
                carrier.Endpoint, hello, options with { Clock = carrier.Map }, carrier);
        }

        throw new ProtocolException(
            "the agent's endpoint cannot be used",
            address,
            "shm:/dev/shm/hilrig/x.lane, tcp://127.0.0.1:40123 or tls://rig:7420",
            "not such an address",
            "use the endpoint that the agent or the bridge prints when it starts");
    }
}
