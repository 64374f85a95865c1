using HilRig.Bridge.Host;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Security.Keys;
using HilRig.Bridge.Security.Tunnel;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Core.Joints;

namespace HilRig.Bridge.Tests.Security.Gate;

/// <summary>Who may do what, once the key is proved.</summary>
[CancelAfter(60_000)]
public sealed class GateRoleTests
{
    private GuardedRig _rig = null!;

    [SetUp]
    public void Open() => _rig = new GuardedRig();

    [TearDown]
    public void Close() => _rig.Dispose();

    [Test]
    public void A_command_key_owns_arms_and_drives(CancellationToken cancel)
    {
        _rig.RequireHealth(cancel);
        Assert.That(_rig.Agent.AcceptedCount, Is.GreaterThanOrEqualTo(20));
        Assert.That(_rig.Gate.Counters.FramesForwarded, Is.GreaterThanOrEqualTo(22));
    }

    [Test]
    public void An_observe_key_reads_states_and_its_stop_is_obeyed(CancellationToken cancel)
    {
        using SecureTunnel tunnel = _rig.Tunnel(_rig.Observer);
        using AgentObserver observer = AgentObserver.Connect(
            tunnel.Endpoint, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5));
        Eventually.Holds(() => observer.Counters.StatesReceived > 3, cancel);
        observer.RequestStop();
        Eventually.Holds(() => observer.Report.StopReason == StopReason.Requested, cancel);
    }

    [Test]
    public void An_observe_key_that_wants_to_own_is_told_why_not()
    {
        using SecureTunnel tunnel = _rig.Tunnel(_rig.Observer);
        ProtocolException error = Assert.Throws<ProtocolException>(
            () => RemotePlant.Connect(Rigs.Host(tunnel.Endpoint)))!;
        Assert.That(error.Message, Does.Contain("may not own the rig"));
        Assert.That(_rig.Count(GateReason.RoleDenied), Is.EqualTo(1));
    }

    [Test]
    public void What_an_observe_key_commands_never_reaches_the_agent(CancellationToken cancel)
    {
        using TlsPeer peer = TlsPeer.Joined(_rig, _rig.Observer);
        Welcome session = peer.Join(Role.Observer);
        long forwarded = _rig.Gate.Counters.FramesForwarded;
        peer.Send(MessageKind.Command, new Command { SessionId = session.SessionId });
        foreach (RequestKind kind in (RequestKind[])
            [RequestKind.Arm, RequestKind.Rearm, RequestKind.Quit])
        {
            Assert.That(peer.Ask(kind, session, 1), Is.EqualTo(AckStatus.NotOwner), $"{kind}");
        }

        Assert.That(_rig.Count(GateReason.RoleDenied), Is.EqualTo(4));
        Assert.That(_rig.Gate.Counters.FramesForwarded, Is.EqualTo(forwarded));
        Assert.That(peer.Ask(RequestKind.Heartbeat, session, 2), Is.EqualTo(AckStatus.Ok));
        _rig.RequireHealth(cancel);
    }

    [Test]
    public void Only_an_admin_key_may_re_arm()
    {
        using (TlsPeer commander = TlsPeer.Joined(_rig, _rig.Commander))
        {
            Welcome session = commander.Join(Role.Owner);
            Assert.That(
                commander.Ask(RequestKind.Rearm, session, 1), Is.EqualTo(AckStatus.NotOwner));
            Assert.That(
                commander.Ask(RequestKind.Release, session, 2), Is.EqualTo(AckStatus.Ok));
        }

        using TlsPeer admin = TlsPeer.Joined(_rig, _rig.Admin);
        Welcome owner = admin.Join(Role.Owner);
        Assert.That(admin.Ask(RequestKind.Rearm, owner, 1), Is.EqualTo(AckStatus.Ok));
    }

    [Test]
    public void A_session_of_another_connection_is_refused_and_counted(CancellationToken cancel)
    {
        using TlsPeer owner = TlsPeer.Joined(_rig, _rig.Commander);
        Welcome session = owner.Join(Role.Owner);
        using TlsPeer thief = TlsPeer.Joined(_rig, _rig.Admin);
        long foreign = _rig.Agent.Bridge.Counters.CommandsReceived;
        thief.Send(MessageKind.Command, new Command
        {
            SessionId = session.SessionId,
            OwnerToken = session.OwnerToken,
            Sequence = 1,
            ValidUntilNanoseconds = MonotonicClock.NowNanoseconds + 1_000_000_000,
            Position = { 1, 1, 1 },
        });
        foreach (RequestKind kind in (RequestKind[])
            [RequestKind.Heartbeat, RequestKind.Arm, RequestKind.Stop, RequestKind.Release])
        {
            Assert.That(
                thief.Ask(kind, session, 9), Is.EqualTo(AckStatus.UnknownSession), $"{kind}");
        }

        Assert.That(_rig.Count(GateReason.ForeignSession), Is.EqualTo(5));
        Assert.That(_rig.Agent.Bridge.Counters.CommandsReceived, Is.EqualTo(foreign));
        Assert.That(owner.Ask(RequestKind.Heartbeat, session, 1), Is.EqualTo(AckStatus.Ok));
        Assert.That(owner.Ask(RequestKind.Release, session, 2), Is.EqualTo(AckStatus.Ok));
        _rig.RequireHealth(cancel);
    }

    [Test]
    public void A_key_may_stop_by_the_session_of_its_broken_connection()
    {
        Welcome session;
        using (TlsPeer first = TlsPeer.Joined(_rig, _rig.Commander))
        {
            session = first.Join(Role.Owner);
        }

        using TlsPeer second = TlsPeer.Joined(_rig, _rig.Commander);
        Assert.That(
            second.Ask(RequestKind.Arm, session, 1), Is.EqualTo(AckStatus.UnknownSession));
        Assert.That(second.Ask(RequestKind.Stop, session, 2), Is.EqualTo(AckStatus.Ok));
    }

    [Test]
    public void A_revoked_key_loses_its_connections_within_a_second(CancellationToken cancel)
    {
        using TlsPeer peer = TlsPeer.Joined(_rig, _rig.Observer);
        using TlsPeer other = TlsPeer.Joined(_rig, _rig.Commander);
        Welcome session = other.Join(Role.Observer);
        peer.Join(Role.Observer);
        long revoked = MonotonicClock.NowNanoseconds;
        _rig.Keys.Revoke(_rig.Observer);
        peer.AwaitEnd();
        long nanoseconds = MonotonicClock.NowNanoseconds - revoked;
        TestContext.Out.WriteLine($"closed {nanoseconds / 1e6:F0} ms after the revocation");
        Assert.That(nanoseconds, Is.LessThan(1_000_000_000));
        _rig.AwaitCount(GateReason.Revoked, 1, cancel);
        Assert.That(other.Ask(RequestKind.Heartbeat, session, 1), Is.EqualTo(AckStatus.Ok));
        Assert.Throws<ProtocolException>(() => _rig.Tunnel(_rig.Observer).Dispose());
        _rig.AwaitCount(GateReason.UnknownKey, 1, cancel);
    }

    [Test]
    public void A_list_that_is_damaged_while_the_gate_runs_lets_nobody_in(CancellationToken cancel)
    {
        using TlsPeer peer = TlsPeer.Joined(_rig, _rig.Admin);
        File.WriteAllText(_rig.Keys.Store.AllowedKeysPath, "hilrig-allowed-keys 1\nadmin\n");
        peer.AwaitEnd();
        _rig.AwaitCount(GateReason.Revoked, 1, cancel);
        Assert.Throws<ProtocolException>(() => _rig.Tunnel(_rig.Admin).Dispose());
        Assert.That(_rig.Lines, Has.Some.Contain("a line of the allow-list is wrong"));
        File.Delete(_rig.Keys.Store.AllowedKeysPath);
        _rig.Keys.Allow(_rig.Commander, KeyRole.Command);
        Eventually.Holds(() => IsLetIn(_rig.Commander), cancel);
    }

    private bool IsLetIn(RigKey key)
    {
        try
        {
            _rig.Tunnel(key).Dispose();
            return true;
        }
        catch (ProtocolException)
        {
            return false;
        }
    }
}
