using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Security.Keys;
using HilRig.Bridge.Security.Zmtp;
using HilRig.Bridge.Wire;

namespace HilRig.Bridge.Tests.Security.Gate;

/// <summary>
/// A peer that speaks TLS as it should and then says whatever a test wants. It comes from another
/// loopback address than honest peers, so that limits by address are its own.
/// </summary>
internal sealed class TlsPeer : IDisposable
{
    public static readonly IPAddress Address = IPAddress.Parse("127.0.0.2");

    private readonly Socket _socket;
    private ZmtpReader? _reader;

    public TlsPeer(
        int port,
        RigKey? key,
        SslApplicationProtocol? stream,
        SslProtocols version = SslProtocols.Tls13)
    {
        _socket = Dial(port);
        Stream = new SslStream(new NetworkStream(_socket));
        Stream.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            TargetHost = "rig",
            EnabledSslProtocols = version,
            ApplicationProtocols = stream is { } asked ? [asked] : null,
            ClientCertificateContext = key?.TlsContext,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, server, _, _) => server is not null,
        });
    }

    public SslStream Stream { get; }

    public static Socket Dial(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
        };
        SocketPolicy.Apply(socket, SocketPolicy.StateBufferBytes);
        socket.Bind(new IPEndPoint(Address, 0));
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }

    public static TlsPeer Joined(GuardedRig rig, RigKey key, string type = "DEALER")
    {
        var peer = new TlsPeer(
            rig.Port, key, type == "SUB" ? TlsPolicy.States : TlsPolicy.Control);
        peer.Greet(type);
        return peer;
    }

    /// <summary>An honest ZMTP hand-shake.</summary>
    public void Greet(string type)
    {
        Stream.Write(ZmtpGreeting.Ours());
        Stream.Write(Frame(4, ZmtpCommand.Ready(type)));
        _reader = new ZmtpReader(Stream, SocketPolicy.MessageBytesMax);
        GateReason reason = _reader.ReadHandshake(type == "SUB" ? "PUB" : "ROUTER");
        Assert.That(reason, Is.EqualTo(GateReason.None));
    }

    public static byte[] Frame(byte flags, byte[] body) => [flags, (byte)body.Length, .. body];

    public void Send(MessageKind kind, IMessage message)
    {
        byte[] body = [(byte)kind, .. message.ToByteArray()];
        (byte high, byte low) = ((byte)(body.Length >> 8), (byte)body.Length);
        Stream.Write(high == 0 ? Frame(0, body) : [2, 0, 0, 0, 0, 0, 0, high, low, .. body]);
    }

    public (MessageKind Kind, byte[] Payload) Receive()
    {
        GateReason reason = _reader!.ReadFrame();
        Assert.That(reason, Is.EqualTo(GateReason.None));
        byte[] body = _reader.Body.ToArray();
        return ((MessageKind)body[0], body[1..]);
    }

    public Welcome Join(Role role)
    {
        Send(MessageKind.Hello, RawPeer.Hello(role));
        (MessageKind kind, byte[] payload) = Receive();
        Assert.That(kind, Is.EqualTo(MessageKind.Welcome));
        return Welcome.Parser.ParseFrom(payload);
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
        return Ack.Parser.ParseFrom(payload).Status;
    }

    /// <summary>Reads until the gate closes the connection.</summary>
    public void AwaitEnd()
    {
        try
        {
            byte[] rest = new byte[4096];
            while (Stream.Read(rest) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset, or a TLS alert: also an end.
        }
    }

    /// <summary>Says that no more comes, and waits until the gate has read it all.</summary>
    public void Finish()
    {
        _socket.Shutdown(SocketShutdown.Send);
        AwaitEnd();
    }

    public void Dispose()
    {
        _socket.Dispose();
        Stream.Dispose();
    }
}
