using HilRig.Bridge.Protos;
using HilRig.Bridge.SharedMemory;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.Remote;

/// <summary>A remote peer's session: its seat, and what the agent has not answered yet.</summary>
internal sealed class RemoteSession
{
    private readonly ulong[] _open = new ulong[SeatWord.KindCount];

    /// <summary>Begins with the handshake.</summary>
    /// <param name="seat">Its seat.</param>
    /// <param name="peer">Routing id of the peer.</param>
    /// <param name="now">Now.</param>
    public RemoteSession(PeerSeat seat, byte[] peer, long now)
    {
        Seat = seat;
        Peer = peer;
        BegunNanoseconds = now;
    }

    /// <summary>Its seat.</summary>
    public PeerSeat Seat { get; }

    /// <summary>Routing id of the peer that was heard last.</summary>
    public byte[] Peer { get; private set; }

    /// <summary>When its handshake began.</summary>
    public long BegunNanoseconds { get; }

    /// <summary>Session and token; the default value until the agent has welcomed it.</summary>
    public SessionKey Key { get; set; }

    /// <summary>Notes where the peer is now: a new connection has another routing id.</summary>
    /// <param name="peer">Routing id.</param>
    public void Hear(ReadOnlySpan<byte> peer)
    {
        if (!peer.SequenceEqual(Peer))
        {
            Peer = peer.ToArray();
        }
    }

    /// <summary>Number of the open request of a kind; 0 for none.</summary>
    /// <param name="kind">The kind.</param>
    public ref ulong OpenRequest(RequestKind kind) => ref _open[(int)kind];
}
