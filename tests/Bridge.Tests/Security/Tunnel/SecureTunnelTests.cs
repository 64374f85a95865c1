using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using HilRig.Bridge.Host;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Security.Keys;
using HilRig.Bridge.Security.Tunnel;
using HilRig.Bridge.Tests.Security.Gate;
using HilRig.Core.Errors;

namespace HilRig.Bridge.Tests.Security.Tunnel;

[CancelAfter(60_000)]
public sealed class SecureTunnelTests
{
    private const string ReadOneByte = """
        import socket, sys
        stream = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
        print(len(stream.recv(1)))
        """;

    private GuardedRig _rig = null!;

    [SetUp]
    public void Open() => _rig = new GuardedRig();

    [TearDown]
    public void Close() => _rig.Dispose();

    [Test]
    public void A_host_finds_a_gate_by_its_tls_address(CancellationToken cancel)
    {
        KeyException error = Assert.Throws<KeyException>(() => TlsEndpoint.Open(
            $"tls://commander@127.0.0.1:{_rig.Port}", _rig.Keys.Store))!;
        Assert.That(error.Message, Does.Contain("--server"), "nobody is trusted untold");
        KnownServers.Load(_rig.Keys.Store.KnownServersPath)
            .With("127.0.0.1", _rig.Server.Fingerprint).Save(_rig.Keys.Store.KnownServersPath);
        using SecureTunnel tunnel = TlsEndpoint.Open(
            $"tls://commander@127.0.0.1:{_rig.Port}", _rig.Keys.Store);
        using RemotePlant plant = RemotePlant.Connect(Rigs.Host(tunnel.Endpoint));
        Assert.That(new Drive(plant).Exchange(0.5, cancel).Position[0], Is.EqualTo(0.5));
    }

    [Test]
    public void A_name_with_several_addresses_is_tried_at_each()
    {
        using SecureTunnel tunnel = SecureTunnel.Open(new SecureTunnelOptions
        {
            Host = "localhost",
            Port = _rig.Port,
            Key = _rig.Observer,
            Server = _rig.Server.Fingerprint,
        });
        Assert.That(tunnel.Endpoint, Does.StartWith("tcp://127.0.0.1:"));
    }

    [TestCase("tls://127.0.0.1")]
    [TestCase("tcp://127.0.0.1:1")]
    [TestCase("")]
    public void What_is_no_tls_address_is_refused(string endpoint) =>
        Assert.Throws<ProtocolException>(() => TlsEndpoint.Open(endpoint, _rig.Keys.Store));

    [Test]
    public void A_key_that_does_not_exist_is_named_with_those_that_do()
    {
        KeyException error = Assert.Throws<KeyException>(() => TlsEndpoint.Open(
            $"tls://nobody@127.0.0.1:{_rig.Port}", _rig.Keys.Store))!;
        Assert.That(error.Message, Does.Contain("admin, commander, observer, rig"));
    }

    [Test]
    public void A_peer_comes_back_after_the_connection_broke(CancellationToken cancel)
    {
        using var relay = new Relay(_rig.Port);
        using SecureTunnel tunnel = _rig.Tunnel(_rig.Observer, relay.Port);
        using var peer = new RawPeer(tunnel.Endpoint);
        Welcome before = peer.Join(Role.Observer)!;
        relay.Break();
        Welcome? after = null;
        while (after is null)
        {
            cancel.ThrowIfCancellationRequested();
            after = peer.TryJoin(Role.Observer, TimeSpan.FromSeconds(1));
        }

        Assert.That(after.SessionId, Is.Not.EqualTo(before.SessionId));
    }

    [Test]
    public void An_absent_gate_is_an_error_at_once_and_not_a_tunnel()
    {
        int port = _rig.Port;
        _rig.Gate.Dispose();
        ProtocolException error = Assert.Throws<ProtocolException>(
            () => _rig.Tunnel(_rig.Observer, port).Dispose())!;
        Assert.That(error.Message, Does.Contain("no gate answers"));
    }

    [Test]
    public void A_gate_that_says_nothing_is_given_up(CancellationToken cancel)
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        Assert.Throws<ProtocolException>(() => SecureTunnel.Open(new SecureTunnelOptions
        {
            Host = "127.0.0.1",
            Port = ((IPEndPoint)mute.LocalEndpoint).Port,
            Key = _rig.Observer,
            Server = _rig.Server.Fingerprint,
            ConnectTimeout = TimeSpan.FromMilliseconds(200),
        }));
    }

    [Test]
    public void Programs_of_another_user_are_turned_away()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            Requirement.Unmet("root", "only root can be somebody else");
        }

        using SecureTunnel tunnel = _rig.Tunnel(_rig.Observer);
        string port = $"{new Uri(tunnel.Endpoint).Port}";
        string[] program = ["/usr/bin/python3", "-c", ReadOneByte, port];
        Assert.That(Run([.. program]), Is.EqualTo("1"), "our own");
        Assert.That(
            Run(["/usr/bin/setpriv", "--reuid=65534", "--clear-groups", .. program]),
            Is.EqualTo("0").Or.Contains("reset"),
            "another user's");
        Assert.That(_rig.Count(GateReason.UnknownKey), Is.Zero);
    }

    private static string Run(string[] command)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return output.Trim();
    }
}
