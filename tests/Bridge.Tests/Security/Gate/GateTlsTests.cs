using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using HilRig.Bridge.Clocks;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Security.Keys;
using HilRig.Bridge.Security.Tunnel;
using HilRig.Core.Errors;

namespace HilRig.Bridge.Tests.Security.Gate;

/// <summary>Who gets through TLS at all.</summary>
[CancelAfter(60_000)]
public sealed class GateTlsTests
{
    private GuardedRig _rig = null!;

    [SetUp]
    public void Open() => _rig = new GuardedRig();

    [TearDown]
    public void Close() => _rig.Dispose();

    [Test]
    public void A_key_that_is_not_in_the_list_is_refused_and_told(CancellationToken cancel)
    {
        using RigKey stranger = RigKey.Create("stranger");
        ProtocolException error = Assert.Throws<ProtocolException>(
            () => _rig.Tunnel(stranger).Dispose())!;
        Assert.That(error.Message, Does.Contain(stranger.Fingerprint.Text));
        _rig.AwaitCount(GateReason.UnknownKey, 1, cancel);
        Eventually.Holds(
            () => _rig.Lines.Any(line => line.Contains(stranger.Fingerprint.Text)), cancel);
        _rig.RequireHealth(cancel);
    }

    [Test]
    public void A_peer_without_a_certificate_is_refused(CancellationToken cancel)
    {
        using (var peer = new TlsPeer(_rig.Port, null, TlsPolicy.Control))
        {
            peer.AwaitEnd();
        }

        _rig.AwaitCount(GateReason.NoCertificate, 1, cancel);
        _rig.RequireHealth(cancel);
    }

    [Test]
    public void An_older_TLS_is_refused(CancellationToken cancel)
    {
        Assert.That(
            () => new TlsPeer(_rig.Port, _rig.Admin, TlsPolicy.Control, SslProtocols.Tls12),
            Throws.InstanceOf<AuthenticationException>().Or.InstanceOf<IOException>());
        _rig.AwaitCount(GateReason.TlsFailed, 1, cancel);
        _rig.RequireHealth(cancel);
    }

    [Test]
    public void A_stream_of_another_name_or_none_is_refused(CancellationToken cancel)
    {
        using (var nameless = new TlsPeer(_rig.Port, _rig.Admin, null))
        {
            nameless.AwaitEnd();
        }

        _rig.AwaitCount(GateReason.UnknownStream, 1, cancel);
        Assert.That(
            () => new TlsPeer(_rig.Port, _rig.Admin, new SslApplicationProtocol("http/1.1")),
            Throws.InstanceOf<AuthenticationException>().Or.InstanceOf<IOException>());
        _rig.AwaitCount(GateReason.TlsFailed, 1, cancel);
        _rig.RequireHealth(cancel);
    }

    [Test]
    public void A_client_refuses_a_gate_with_another_key()
    {
        using RigKey other = RigKey.Create("other");
        ProtocolException error = Assert.Throws<ProtocolException>(() => SecureTunnel.Open(
            new SecureTunnelOptions
            {
                Host = "127.0.0.1",
                Port = _rig.Port,
                Key = _rig.Admin,
                Server = other.Fingerprint,
            }))!;
        Assert.That(error.Message, Does.Contain("somebody may be in between"));
        Assert.That(error.Message, Does.Contain(_rig.Server.Fingerprint.Text));
    }

    [Test]
    public void A_record_changed_on_its_way_is_never_acted_on(CancellationToken cancel)
    {
        using var relay = new Relay(_rig.Port);
        using SecureTunnel tunnel = _rig.Tunnel(_rig.Commander, relay.Port);
        using var peer = new RawPeer(tunnel.Endpoint);
        Protos.Welcome session = peer.Join(Protos.Role.Owner)!;
        long forwarded = _rig.Gate.Counters.FramesForwarded;
        relay.FlipNextByteToGate();
        peer.Send(Protos.MessageKind.Request, new Protos.Request
        {
            SessionId = session.SessionId,
            OwnerToken = session.OwnerToken,
            RequestId = 1,
            Kind = Protos.RequestKind.Arm,
        });
        _rig.AwaitCount(GateReason.TamperedRecord, 1, cancel);
        Assert.That(_rig.Gate.Counters.FramesForwarded, Is.EqualTo(forwarded));
        Assert.That(_rig.Lines, Has.Some.Contain("\"gate\":\"TamperedRecord\""));
    }

    [Test]
    public void Bytes_of_an_old_connection_are_worth_nothing_on_a_new_one(CancellationToken cancel)
    {
        using var relay = new Relay(_rig.Port);
        using (SecureTunnel tunnel = _rig.Tunnel(_rig.Commander, relay.Port))
        using (var peer = new RawPeer(tunnel.Endpoint))
        {
            Protos.Welcome session = peer.Join(Protos.Role.Owner)!;
            peer.Ask(Protos.RequestKind.Arm, session, 1);
            peer.Ask(Protos.RequestKind.Release, session, 2);
        }

        long forwarded = _rig.Gate.Counters.FramesForwarded;
        long admitted = _rig.Gate.Counters.Admitted;
        byte[][] recorded = relay.RecordedToGate;
        Assert.That(recorded.Length, Is.GreaterThanOrEqualTo(2));
        for (int i = 0; i < recorded.Length; i++)
        {
            using Socket replay = TlsPeer.Dial(_rig.Port);
            replay.Send(recorded[i]);
            _rig.AwaitCount(GateReason.TlsFailed, i + 1, cancel);
        }

        Assert.That(_rig.Gate.Counters.Admitted, Is.EqualTo(admitted));
        Assert.That(_rig.Gate.Counters.FramesForwarded, Is.EqualTo(forwarded));
    }

    [Test]
    public void The_clock_answers_inside_TLS()
    {
        using SecureTunnel tunnel = _rig.Tunnel(_rig.Observer);
        using var exchange = new StreamClockExchange(
            tunnel.OpenClock(), TimeSpan.FromSeconds(10));
        Assert.That(
            exchange.TryExchange(7, out _), Is.EqualTo(ClockExchangeStatus.Answered));
    }
}
