using Google.Protobuf;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Wire;
using NetMQ;
using NetMQ.Sockets;

namespace HilRig.Bridge.Tests;

/// <summary>A peer that sends whatever a test wants; its own thread is the test's.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly DealerSocket _socket = new();

    public RawPeer(string endpoint)
    {
        _socket.Options.Linger = TimeSpan.Zero;
        _socket.Connect(endpoint);
    }

    public void Dispose() => _socket.Dispose();

    public static Hello Hello(Role role)
    {
        var hello = new Hello
        {
            ProtocolMajor = WireSchema.Major,
            ProtocolMinor = WireSchema.Minor,
            Software = "test",
            SchemaSha256 = ByteString.CopyFrom(WireSchema.Sha256),
            Role = role,
            RigName = Rigs.Name,
            RigSha256 = Rigs.Sha256,
            PeriodNanoseconds = 4_000_000,
        };
        JointWire.AddTo(hello.Joints, Rigs.Joints);
        return hello;
    }

    public void Send(MessageKind kind, IMessage message) =>
        Send([(byte)kind, .. message.ToByteArray()]);

    public void Send(params byte[][] frames) => _socket.SendMultipartBytes(frames);

    public (MessageKind Kind, byte[] Payload) Receive()
    {
        if (!_socket.TryReceiveFrameBytes(TimeSpan.FromSeconds(40), out byte[]? frame))
        {
            throw new TimeoutException("the agent did not answer");
        }

        return ((MessageKind)frame[0], frame[1..]);
    }

    /// <summary>Shakes hands; null when refused.</summary>
    public Welcome? Join(Role role)
    {
        Send(MessageKind.Hello, Hello(role));
        (MessageKind kind, byte[] payload) = Receive();
        return kind == MessageKind.Welcome ? Welcome.Parser.ParseFrom(payload) : null;
    }

    /// <summary>Shakes hands; null when there is no answer in time.</summary>
    public Welcome? TryJoin(Role role, TimeSpan time)
    {
        Send(MessageKind.Hello, Hello(role));
        return _socket.TryReceiveFrameBytes(time, out byte[]? frame)
            && frame[0] == (byte)MessageKind.Welcome
            ? Welcome.Parser.ParseFrom(frame.AsSpan(1)) : null;
    }

    public Refusal JoinRefused(Hello hello)
    {
        Send(MessageKind.Hello, hello);
        (MessageKind kind, byte[] payload) = Receive();
        Assert.That(kind, Is.EqualTo(MessageKind.Refusal));
        return Refusal.Parser.ParseFrom(payload);
    }

    public AckStatus Ask(RequestKind kind, Welcome session, ulong id)
    {
        Send(MessageKind.Request, new Request
        {
            SessionId = session.SessionId,
            OwnerToken = session.OwnerToken,
            RequestId = id,
            Kind = kind,
        });
        (MessageKind answer, byte[] payload) = Receive();
        Assert.That(answer, Is.EqualTo(MessageKind.Ack));
        Ack ack = Ack.Parser.ParseFrom(payload);
        Assert.That(ack.RequestId, Is.EqualTo(id));
        return ack.Status;
    }
}
