using Google.Protobuf;
using HilRig.Bridge.Agent;
using HilRig.Bridge.Host;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Remote;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;

namespace HilRig.Bridge.Tests.Agent;

[CancelAfter(60_000)]
public sealed class HandshakeTests
{
    private AgentBridge _bridge = null!;
    private RemoteLane _lane = null!;

    private RemotePlantOptions Host => Rigs.Host(_lane.Endpoint);

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
    public void A_fitting_owner_is_welcomed_with_session_token_and_the_rigs_facts()
    {
        using var peer = new RawPeer(_lane.Endpoint);
        Welcome welcome = peer.Join(Role.Owner)!;
        Assert.That(welcome.SessionId, Is.Not.Zero);
        Assert.That(welcome.OwnerToken, Is.EqualTo(1));
        Assert.That(welcome.DeadmanNanoseconds, Is.EqualTo(100_000_000));
        Assert.That(welcome.Joints.Select(joint => joint.Name), Is.EqualTo(
            new[] { "shoulder", "elbow", "gripper" }));
        Assert.That(welcome.Joints[2].Unit, Is.EqualTo(JointUnit.Meters));
        Assert.That(
            new[] { welcome.Joints[1].PositionMin, welcome.Joints[1].PositionMax },
            Is.EqualTo(new[] { -1.0, 1.0 }));
        Assert.That(welcome.Joints[1].VelocityMax, Is.EqualTo(2));
        Assert.That(_bridge.Owner.SessionId, Is.EqualTo(welcome.SessionId));
    }

    [Test]
    public void The_bridge_listens_on_the_loopback_address_only()
    {
        using var peer = new RawPeer(_lane.Endpoint);
        Assert.That(_lane.Endpoint, Does.StartWith("tcp://127.0.0.1:"));
        Assert.That(peer.Join(Role.Observer), Is.Not.Null);
    }

    [Test]
    public void Another_version_is_refused_and_both_are_named()
    {
        using var peer = new RawPeer(_lane.Endpoint);
        Hello hello = RawPeer.Hello(Role.Owner);
        hello.ProtocolMajor = 7;
        hello.Software = "Other 9";
        Refusal refusal = peer.JoinRefused(hello);
        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.Version));
        Assert.That(refusal.Expected, Does.Contain("protocol 2.0"));
        Assert.That(refusal.Found, Does.Contain("protocol 7.0").And.Contain("Other 9"));
        Assert.That(refusal.Remedy, Does.Contain("same HilRig version"));
    }

    [Test]
    public void Other_message_definitions_are_refused()
    {
        using var peer = new RawPeer(_lane.Endpoint);
        Hello hello = RawPeer.Hello(Role.Observer);
        hello.SchemaSha256 = ByteString.CopyFrom(1, 2, 3);
        Refusal refusal = peer.JoinRefused(hello);
        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.Schema));
        Assert.That(refusal.Found, Does.Contain("010203").And.Contain("2.0"));
    }

    [Test]
    public void A_second_owner_is_refused_and_told_who_owns()
    {
        using var first = new RawPeer(_lane.Endpoint);
        Welcome owner = first.Join(Role.Owner)!;
        using var second = new RawPeer(_lane.Endpoint);
        Refusal refusal = second.JoinRefused(RawPeer.Hello(Role.Owner));
        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.Owned));
        Assert.That(refusal.Found, Does.Contain(owner.SessionId.ToString("x16")));
        Assert.That(second.Join(Role.Observer), Is.Not.Null, "observers are welcome");
    }

    [Test]
    public void A_role_of_the_future_is_refused()
    {
        using var peer = new RawPeer(_lane.Endpoint);
        Refusal refusal = peer.JoinRefused(RawPeer.Hello((Role)9));
        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.Role));
    }

    [Test]
    public void The_thirty_third_session_is_refused()
    {
        using var peer = new RawPeer(_lane.Endpoint);
        for (int i = 0; i < 32; i++)
        {
            Assert.That(peer.Join(Role.Observer), Is.Not.Null);
        }

        Refusal refusal = peer.JoinRefused(RawPeer.Hello(Role.Observer));
        Assert.That(refusal.Reason, Is.EqualTo(RefusalReason.Full));
    }

    [Test]
    public void A_host_with_another_joint_gets_an_error_that_names_both()
    {
        var joints = new List<JointDescription>(Rigs.Joints);
        joints[1] = joints[1] with { Name = "wrist" };
        var error = Assert.Throws<ProtocolException>(() => RemotePlant.Connect(
            Host with { Description = new PlantDescription(Rigs.Name, joints) }));
        Assert.That(error!.Expected, Does.Contain("joint 1 \"elbow\" in rad"));
        Assert.That(error.Found, Does.Contain("joint 1 \"wrist\" in rad"));
        Assert.That(error.Where, Is.EqualTo(_lane.Endpoint));
        Assert.That(error.Remedy, Is.Not.Empty);
    }

    [Test]
    public void A_host_with_fewer_joints_or_another_unit_is_refused()
    {
        var fewer = Rigs.Joints.Take(2).ToList();
        var error = Assert.Throws<ProtocolException>(() => RemotePlant.Connect(
            Host with { Description = new PlantDescription(Rigs.Name, fewer) }));
        Assert.That(error!.Found, Does.Contain("no joint 2"));
        List<JointDescription> turned =
            [.. fewer, Rigs.Joints[2] with { Kind = JointKind.Revolute }];
        error = Assert.Throws<ProtocolException>(() => RemotePlant.Connect(
            Host with { Description = new PlantDescription(Rigs.Name, turned) }));
        Assert.That(error!.Message, Does.Contain("\"gripper\" in m").And.Contain("in rad"));
    }

    [Test]
    public void A_host_with_another_rig_file_is_refused()
    {
        var error = Assert.Throws<ProtocolException>(() => RemotePlant.Connect(
            Host with { RigSha256 = "beef" }));
        Assert.That(error!.Message, Does.Contain("beef").And.Contain(Rigs.Sha256));
    }

    [Test]
    public void A_period_as_long_as_the_deadman_is_refused()
    {
        var error = Assert.Throws<ProtocolException>(() => RemotePlant.Connect(
            Host with { Period = TimeSpan.FromMilliseconds(100) }));
        Assert.That(error!.Expected, Does.Contain("below 100 ms"));
    }

    [Test]
    public void Where_nobody_listens_the_error_says_so_in_time()
    {
        string endpoint = _lane.Endpoint;
        _lane.Dispose();
        var error = Assert.Throws<ProtocolException>(() => RemotePlant.Connect(
            Rigs.Host(endpoint) with { HandshakeTimeout = TimeSpan.FromMilliseconds(200) }));
        Assert.That(error!.Message, Does.Contain("no agent answered").And.Contain(endpoint));
    }

    [Test]
    public void An_endpoint_that_is_none_is_a_readable_error()
    {
        var error = Assert.Throws<ProtocolException>(
            () => RemotePlant.Connect(Rigs.Host("bogus")));
        Assert.That(error!.Message, Does.Contain("bogus"));
    }

    [Test]
    public void States_are_at_the_port_after_control()
    {
        int port = new Uri(_lane.Endpoint).Port;
        Assert.That(
            EndpointPair.StatesOf(_lane.Endpoint), Is.EqualTo($"tcp://127.0.0.1:{port + 1}"));
        using var client = new System.Net.Sockets.TcpClient();
        Assert.That(() => client.Connect("127.0.0.1", port + 1), Throws.Nothing);
    }

    [Test]
    public void A_port_whose_neighbour_is_taken_is_a_readable_error()
    {
        int port = new Uri(_lane.Endpoint).Port;
        var error = Assert.Throws<DeviceException>(
            () => RemoteLane.Open(
                new RemoteLaneOptions { Agent = _bridge.Endpoint, Port = port - 1 }));
        Assert.That(error!.Where, Does.Contain(port.ToString()));
    }

    [Test]
    public void A_taken_port_is_a_readable_error()
    {
        int port = new Uri(_lane.Endpoint).Port;
        var error = Assert.Throws<DeviceException>(
            () => RemoteLane.Open(
                new RemoteLaneOptions { Agent = _bridge.Endpoint, Port = port }));
        Assert.That(error!.Where, Does.Contain(port.ToString()));
    }

    [Test]
    public void Options_out_of_range_are_all_named()
    {
        var error = Assert.Throws<ArgumentException>(() => AgentBridge.Open(
            Rigs.Agent() with { Joints = [], Deadman = TimeSpan.Zero }));
        Assert.That(error!.Message, Does.Contain("Joints").And.Contain("Deadman"));
        error = Assert.Throws<ArgumentException>(() => RemoteLane.Open(
            new RemoteLaneOptions { Agent = "tcp://x", Port = -1 }));
        Assert.That(error!.Message, Does.Contain("Agent").And.Contain("Port"));
    }
}
