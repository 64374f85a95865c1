using System.Net;
using System.Net.Sockets;
using HilRig.Bridge.Agent;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Remote;
using HilRig.Bridge.Wire;

namespace HilRig.Bridge.Tests.Remote;

/// <summary>
/// What a peer may send without harm. Two inputs are missing on purpose: NetMQ 4.0.4.5 itself ends
/// the process on a zero-length ZMTP command frame and on a READY with a negative property length.
/// </summary>
[CancelAfter(60_000)]
public sealed class MalformedInputTests
{
    private AgentBridge _bridge = null!;
    private RemoteLane _lane = null!;

    [SetUp]
    public void Open()
    {
        _bridge = AgentBridge.Open(Rigs.Agent());
        _lane = RemoteLane.Open(new RemoteLaneOptions { Agent = _bridge.Endpoint });
    }

    [TearDown]
    public void Close()
    {
        _lane.Dispose();
        _bridge.Dispose();
    }

    [Test]
    public void Random_empty_and_wrong_frames_are_counted_one_by_one(CancellationToken cancel)
    {
        using var peer = new RawPeer(_lane.Endpoint);
        var random = new Random(20);
        long sent = 0;
        for (int i = 0; i < 300; i++, sent++)
        {
            byte[] junk = new byte[random.Next(0, 400)];
            random.NextBytes(junk);
            if (junk.Length > 0)
            {
                // A byte that is no kind, or one whose message these bytes are not.
                junk[0] = (byte)(i % 2 == 0 ? (int)MessageKind.Command : random.Next(8, 256));
            }

            peer.Send(junk);
        }

        peer.Send([(byte)MessageKind.Command], [1, 2], [3]);
        peer.Send(MessageKind.Welcome, new Welcome());
        peer.Send(MessageKind.State, new State());
        peer.Send(MessageKind.Request, new Request { Kind = (RequestKind)99 });
        peer.Send(MessageKind.Request, new Request());
        peer.Send([(byte)MessageKind.Hello, 0xff, 0xff]);
        sent += 6;
        Eventually.Holds(() => _lane.Counters.MalformedMessages == sent, cancel);
        Assert.That(peer.Join(Role.Owner), Is.Not.Null, "the same peer can still join");
    }

    [Test]
    public void A_message_longer_than_the_limit_cuts_its_peer_off_and_nobody_else()
    {
        using var healthy = new RawPeer(_lane.Endpoint);
        Welcome session = healthy.Join(Role.Owner)!;
        using var greedy = new RawPeer(_lane.Endpoint);
        greedy.Send(new byte[SocketPolicy.MessageBytesMax + 1]);
        greedy.Send(MessageKind.Hello, RawPeer.Hello(Role.Observer));
        for (ulong id = 1; id <= 20; id++)
        {
            Assert.That(
                healthy.Ask(RequestKind.Heartbeat, session, id), Is.EqualTo(AckStatus.Ok));
        }

        Assert.That(_lane.Counters.MalformedMessages, Is.Zero, "it never came through");
    }

    [Test]
    public void Raw_bytes_on_the_port_leave_the_agent_at_work()
    {
        byte[] greeting = [0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f];
        byte[][] attacks =
        [
            "GET / HTTP/1.1\r\n\r\n"u8.ToArray(),
            new byte[256],
            greeting,
            // ZMTP 1.0 frame that claims 2^31-1 bytes.
            [0xff, 0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0, 1, 2, 3],
            // ZMTP 2.0 greeting, then a long frame that claims 2 GiB.
            [.. greeting, 1, 5, 0, 0, 2, 0, 0, 0, 0, 0x80, 0, 0, 0],
        ];
        int port = new Uri(_lane.Endpoint).Port;
        foreach (byte[] attack in attacks)
        {
            using var socket = new TcpClient();
            socket.Connect(IPAddress.Loopback, port);
            socket.GetStream().Write(attack);
        }

        for (int i = 0; i < 10; i++)
        {
            using var peer = new RawPeer(_lane.Endpoint);
            Assert.That(peer.Join(Role.Observer), Is.Not.Null);
        }
    }
}
