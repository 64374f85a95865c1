using HilRig.Bridge.Agent;
using HilRig.Bridge.Protos;
using HilRig.Bridge.SharedMemory;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.Tests;

/// <summary>A peer without a session that sends commands, on the lane of an address.</summary>
internal sealed class Stranger : IDisposable
{
    private readonly RawPeer? _peer;
    private readonly LanePage? _page;
    private readonly PeerSeat? _seat;

    public Stranger(string address)
    {
        if (!address.StartsWith(AgentBridge.Scheme, StringComparison.Ordinal))
        {
            _peer = new RawPeer(address);
            return;
        }

        _page = LanePage.Open(address[AgentBridge.Scheme.Length..]);
        _seat = PeerSeat.TryTake(_page);
    }

    public void Command(SessionKey key, long sequence)
    {
        var command = new JointCommand(3) { Sequence = sequence };
        command.Position.AsSpan().Clear();
        _seat?.Command(command, key, 0);
        var wire = new Command
        {
            SessionId = key.SessionId,
            OwnerToken = key.OwnerToken,
            Sequence = sequence,
        };
        wire.Position.AddRange(command.Position);
        _peer?.Send(MessageKind.Command, wire);
    }

    public void Dispose()
    {
        _peer?.Dispose();
        _seat?.Leave();
        _page?.Dispose();
    }
}
