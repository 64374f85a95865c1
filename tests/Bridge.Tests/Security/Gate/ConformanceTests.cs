using System.Diagnostics;
using Google.Protobuf;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Security.Tunnel;

namespace HilRig.Bridge.Tests.Security.Gate;

/// <summary>libzmq and OpenSSL as others wrote them, through our gate.</summary>
[CancelAfter(60_000)]
public sealed class ConformanceTests
{
    private const string Python = "/usr/bin/python3";

    // Says one HELLO, one heartbeat and subscribes; prints what comes back, as hex. PING of ZMTP
    // is switched on, because libzmq speaks 3.1.
    private const string ThroughTunnel = """
        import sys, zmq
        control, states, hello = sys.argv[1:4]
        context = zmq.Context()
        dealer = context.socket(zmq.DEALER)
        dealer.setsockopt(zmq.HEARTBEAT_IVL, 50)
        dealer.setsockopt(zmq.HEARTBEAT_TIMEOUT, 2000)
        dealer.setsockopt(zmq.RCVTIMEO, 20000)
        dealer.connect(control)
        dealer.send(bytes.fromhex(hello))
        print(dealer.recv().hex(), flush=True)
        subscriber = context.socket(zmq.SUB)
        subscriber.setsockopt(zmq.RCVTIMEO, 20000)
        subscriber.setsockopt(zmq.SUBSCRIBE, b"\x05")
        subscriber.connect(states)
        for _ in range(20):
            state = subscriber.recv()
        print(state.hex(), flush=True)
        dealer.send(bytes.fromhex(sys.stdin.readline().strip()))
        print(dealer.recv().hex(), flush=True)
        """;

    // The rules of docs/security.md for a client that does its own TLS.
    private const string OwnTls = """
        import hashlib, socket, ssl, sys
        def key_of(der):
            def item(at):
                length, head = der[at + 1], 2
                if length & 0x80:
                    head += length & 0x7f
                    length = int.from_bytes(der[at + 2:at + head], "big")
                return at + head, at + head + length
            at = item(item(0)[0])[0]
            if der[at] == 0xa0:
                at = item(at)[1]
            for _ in range(5):
                at = item(at)[1]
            return der[at:item(at)[1]]
        port, key, cert, pin = sys.argv[1:5]
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.load_cert_chain(cert, key)
        context.set_alpn_protocols(["hilrig-control/2"])
        stream = context.wrap_socket(socket.create_connection(("127.0.0.1", int(port)), 10))
        server = key_of(stream.getpeercert(binary_form=True))
        if "sha256:" + hashlib.sha256(server).hexdigest() != pin:
            sys.exit("another key: " + hashlib.sha256(server).hexdigest())
        stream.sendall(b"\xff" + bytes(8) + b"\x7f\x03\x00NULL" + bytes(16 + 1 + 31))
        ready = b"\x05READY\x0bSocket-Type" + (6).to_bytes(4, "big") + b"DEALER"
        stream.sendall(bytes([4, len(ready)]) + ready)
        greeting = b""
        while len(greeting) < 66:
            greeting += stream.recv(66 - len(greeting))
        print(stream.version(), stream.selected_alpn_protocol(), greeting[:12].hex(), flush=True)
        """;

    private GuardedRig _rig = null!;

    [SetUp]
    public void Open()
    {
        if (!File.Exists(Python) || Run("import zmq", []).ExitCode != 0)
        {
            Requirement.Unmet("python", "python3-zmq is not installed");
        }

        _rig = new GuardedRig();
    }

    [TearDown]
    public void Close() => _rig?.Dispose();

    [Test]
    public void A_libzmq_dealer_and_subscriber_work_through_the_tunnel()
    {
        using SecureTunnel tunnel = _rig.Tunnel(_rig.Commander);
        byte[] hello = [(byte)MessageKind.Hello, .. RawPeer.Hello(Role.Owner).ToByteArray()];
        using Process python = Start(
            ThroughTunnel,
            [tunnel.Endpoint, tunnel.StatesEndpoint, Convert.ToHexString(hello)]);
        byte[] answer = Line(python);
        Assert.That(answer[0], Is.EqualTo((byte)MessageKind.Welcome));
        Welcome session = Welcome.Parser.ParseFrom(answer.AsSpan(1));
        byte[] state = Line(python);
        Assert.That(state[0], Is.EqualTo((byte)MessageKind.State));
        Assert.That(
            State.Parser.ParseFrom(state.AsSpan(1)).AgentId, Is.EqualTo(session.AgentId));
        var heartbeat = new Request
        {
            SessionId = session.SessionId,
            OwnerToken = session.OwnerToken,
            RequestId = 1,
            Kind = RequestKind.Stop,
        };
        python.StandardInput.WriteLine(Convert.ToHexString(
            [(byte)MessageKind.Request, .. heartbeat.ToByteArray()]));
        byte[] ack = Line(python);
        Assert.That(ack[0], Is.EqualTo((byte)MessageKind.Ack));
        Assert.That(
            Ack.Parser.ParseFrom(ack.AsSpan(1)).Status,
            Is.EqualTo(AckStatus.Ok).Or.EqualTo(AckStatus.UnknownSession),
            "or it was silent for longer than owners may be");
        python.WaitForExit();
        Assert.That(python.ExitCode, Is.Zero);
        Assert.That(_rig.Count(GateReason.MalformedCommand), Is.Zero);
    }

    [Test]
    public void A_Python_client_may_do_its_own_TLS_by_the_written_rules()
    {
        (int exit, string output) = Run(
            OwnTls,
            [
                $"{_rig.Port}",
                _rig.Keys.Store.PrivatePath("observer"),
                _rig.Keys.Store.CertificatePath("observer"),
                _rig.Server.Fingerprint.Text,
            ]);
        Assert.That(exit, Is.Zero, output);
        Assert.That(
            output.Trim(), Is.EqualTo("TLSv1.3 hilrig-control/2 ff00000000000000007f0300"));
    }

    [Test]
    public void A_Python_client_that_trusts_another_gate_refuses_ours()
    {
        (int exit, string output) = Run(
            OwnTls,
            [
                $"{_rig.Port}",
                _rig.Keys.Store.PrivatePath("observer"),
                _rig.Keys.Store.CertificatePath("observer"),
                _rig.Admin.Fingerprint.Text,
            ]);
        Assert.That(exit, Is.Not.Zero);
        Assert.That(output, Does.Contain(_rig.Server.Fingerprint.Text[7..]));
    }

    private static byte[] Line(Process python)
    {
        string? line = python.StandardOutput.ReadLine();
        return line is null
            ? throw new InvalidOperationException(python.StandardError.ReadToEnd())
            : Convert.FromHexString(line);
    }

    private static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(Python, ["-c", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static (int ExitCode, string Output) Run(string program, string[] arguments)
    {
        using Process python = Start(program, arguments);
        python.StandardInput.Close();
        string output = python.StandardOutput.ReadToEnd() + python.StandardError.ReadToEnd();
        python.WaitForExit();
        return (python.ExitCode, output);
    }
}
