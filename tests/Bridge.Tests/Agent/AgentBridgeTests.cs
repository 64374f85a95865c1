using HilRig.Core.RealTime;
using HilRig.Bridge.Agent;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Remote;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;
using AgentRequest = HilRig.Core.Sessions.AgentRequest;

namespace HilRig.Bridge.Tests.Agent;

[CancelAfter(60_000)]
public sealed class AgentBridgeTests
{
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);

    private AgentBridge _bridge = null!;
    private RemoteLane _lane = null!;

    [SetUp]
    public void Open() => Open(Rigs.Agent());

    private void Open(AgentBridgeOptions options)
    {
        _bridge = AgentBridge.Open(options);
        _lane = RemoteLane.Open(new RemoteLaneOptions { Agent = _bridge.Endpoint });
    }

    private void OpenImpatient()
    {
        Close();
        Open(Rigs.Agent() with { OwnerSilence = Silence });
    }

    [TearDown]
    public void Close()
    {
        _lane.Dispose();
        _bridge.Dispose();
    }

    [Test]
    public void A_stalled_loop_finds_the_newest_command_only(CancellationToken cancel)
    {
        using var peer = new RawPeer(_lane.Endpoint);
        Welcome session = peer.Join(Role.Owner)!;
        for (int i = 1; i <= 500; i++)
        {
            peer.Send(MessageKind.Command, Command(session, i));
        }

        Eventually.Holds(() => _lane.Counters.CommandsForwarded == 500, cancel);
        var command = new JointCommand(3);
        Assert.That(Wait() & AgentRequest.Command, Is.EqualTo(AgentRequest.Command));
        Assert.That(_bridge.TryTakeCommand(command, out CommandEnvelope envelope));
        Assert.That(command.Sequence, Is.EqualTo(500));
        Assert.That(envelope.Key, Is.EqualTo(_bridge.Owner));
        Assert.That(envelope.ReceivedNanoseconds, Is.GreaterThan(0));
        Assert.That(_bridge.TryTakeCommand(command, out _), Is.False);
        Assert.That(_bridge.Counters.CommandsSuperseded, Is.EqualTo(499));
    }

    [Test]
    public void A_strangers_command_does_not_displace_the_owners(CancellationToken cancel)
    {
        using var peer = new RawPeer(_lane.Endpoint);
        Welcome session = peer.Join(Role.Owner)!;
        using var stranger = new RawPeer(_lane.Endpoint);
        Welcome watching = stranger.Join(Role.Observer)!;
        peer.Send(MessageKind.Command, Command(session, 1));
        Eventually.Holds(() => _lane.Counters.CommandsForwarded == 1, cancel);
        stranger.Send(MessageKind.Command, Command(watching, 2));
        Command forged = Command(session, 3);
        forged.OwnerToken++;
        stranger.Send(MessageKind.Command, forged);
        Eventually.Holds(() => _lane.Counters.CommandsStray == 1, cancel);
        Assert.That(Wait() & AgentRequest.Command, Is.EqualTo(AgentRequest.Command));
        Assert.That(_bridge.Counters.CommandsNotOwner, Is.EqualTo(1));
        Assert.That(_bridge.Counters.CommandsForeign, Is.EqualTo(1));
        var command = new JointCommand(3);
        Assert.That(_bridge.TryTakeCommand(command, out _));
        Assert.That(command.Sequence, Is.EqualTo(1));
    }

    [Test]
    public void Requests_reach_the_loop_once_and_only_from_whom_they_may()
    {
        using var peer = new RawPeer(_lane.Endpoint);
        Welcome session = peer.Join(Role.Owner)!;
        using var other = new RawPeer(_lane.Endpoint);
        Welcome watching = other.Join(Role.Observer)!;
        Assert.That(peer.Ask(RequestKind.Arm, session, 1), Is.EqualTo(AckStatus.Ok));
        Assert.That(Wait(), Is.EqualTo(AgentRequest.Arm));
        Assert.That(peer.Ask(RequestKind.Arm, session, 1), Is.EqualTo(AckStatus.Ok), "repeated");
        Assert.That(_bridge.Wait(0), Is.EqualTo(AgentRequest.None), "acted on once");
        foreach (RequestKind kind in new[] { RequestKind.Arm, RequestKind.Rearm, RequestKind.Quit })
        {
            Assert.That(other.Ask(kind, watching, 1), Is.EqualTo(AckStatus.NotOwner));
        }

        Assert.That(_bridge.Wait(0), Is.EqualTo(AgentRequest.None));
        Assert.That(other.Ask(RequestKind.Stop, watching, 2), Is.EqualTo(AckStatus.Ok));
        Assert.That(Wait(), Is.EqualTo(AgentRequest.Stop), "anybody may stop");
        peer.Ask(RequestKind.Rearm, session, 2);
        peer.Ask(RequestKind.Quit, session, 3);
        Assert.That(Wait(), Is.EqualTo(AgentRequest.Rearm | AgentRequest.Quit));
        watching.SessionId++;
        Assert.That(
            other.Ask(RequestKind.Stop, watching, 3), Is.EqualTo(AckStatus.UnknownSession));
    }

    [Test]
    public void A_dead_owner_is_replaced_only_after_the_deadman_has_stopped_the_rig(
        CancellationToken cancel)
    {
        OpenImpatient();
        var state = new JointState(3) { Health = PlantHealth.Armed };
        var peer = new RawPeer(_lane.Endpoint);
        Welcome first = peer.Join(Role.Owner)!;
        _bridge.Publish(state, new AgentReport());
        peer.Dispose();
        using var next = new RawPeer(_lane.Endpoint);
        long silenceOver = MonotonicClock.NowNanoseconds + 800_000_000;
        while (MonotonicClock.NowNanoseconds < silenceOver)
        {
            Refusal refusal = next.JoinRefused(RawPeer.Hello(Role.Owner));
            Assert.That(refusal.Found, Does.Contain("armed"));
        }

        Assert.That(_bridge.Owner.SessionId, Is.EqualTo(first.SessionId));
        state.Health = PlantHealth.Stopped;
        _bridge.Publish(state, new AgentReport());
        Eventually.Holds(() => _bridge.Owner.SessionId == 0, cancel);
        Welcome second = next.Join(Role.Owner)!;
        Assert.That(second.OwnerToken, Is.GreaterThan(first.OwnerToken));
    }

    [Test]
    public void An_owner_that_heartbeats_stays_the_owner(CancellationToken cancel)
    {
        OpenImpatient();

        // A machine that stalls this peer for longer than owners may be silent proves nothing.
        Eventually.Holds(TryHeartbeat, cancel);
    }

    private bool TryHeartbeat()
    {
        using var peer = new RawPeer(_lane.Endpoint);
        if (peer.Join(Role.Owner) is not { } session)
        {
            return false;
        }

        long heard = MonotonicClock.NowNanoseconds;
        long until = heard + (2 * Silence.Ticks * 100);
        for (ulong id = 1; heard < until; id++)
        {
            AckStatus status = peer.Ask(RequestKind.Heartbeat, session, id);
            long now = MonotonicClock.NowNanoseconds;
            if (now - heard > Silence.Ticks * 50)
            {
                return false;
            }

            Assert.That(status, Is.EqualTo(AckStatus.Ok));
            heard = now;
        }

        Assert.That(_bridge.Owner.SessionId, Is.EqualTo(session.SessionId));
        return true;
    }

    [Test]
    public void A_released_agent_is_free_at_once(CancellationToken cancel)
    {
        using var peer = new RawPeer(_lane.Endpoint);
        Welcome session = peer.Join(Role.Owner)!;
        peer.Ask(RequestKind.Release, session, 1);
        Eventually.Holds(() => _bridge.Owner.SessionId == 0, cancel);
        Assert.That(peer.Join(Role.Owner), Is.Not.Null);
    }

    [Test]
    public void A_wait_ends_at_its_deadline()
    {
        long until = MonotonicClock.NowNanoseconds + 2_000_000;
        Assert.That(_bridge.Wait(until), Is.EqualTo(AgentRequest.None));
        Assert.That(MonotonicClock.NowNanoseconds, Is.GreaterThanOrEqualTo(until));
    }

    private static Command Command(Welcome session, long sequence)
    {
        var command = new Command
        {
            SessionId = session.SessionId,
            OwnerToken = session.OwnerToken,
            Sequence = sequence,
            ValidUntilNanoseconds = long.MaxValue,
        };
        command.Position.AddRange([0.1, 0.2, 0.3]);
        return command;
    }

    private AgentRequest Wait() => _bridge.Wait(MonotonicClock.NowNanoseconds + 10_000_000_000);
}
