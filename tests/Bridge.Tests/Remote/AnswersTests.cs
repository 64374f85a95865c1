using HilRig.Bridge.Agent;
using HilRig.Bridge.Host;
using HilRig.Bridge.Protos;
using HilRig.Bridge.SharedMemory;
using HilRig.Core.Joints;
using HilRig.Core.Ports;

namespace HilRig.Bridge.Tests.Remote;

/// <summary>Questions and heartbeats on the control socket.</summary>
[CancelAfter(60_000)]
public sealed class AnswersTests
{
    private const int QuestionCount = 32;

    [Test]
    public void Questions_sent_back_to_back_are_all_answered()
    {
        using var agent = new LoopbackAgent(Lane.ZeroMq);
        using var peer = new RawPeer(agent.Endpoint);
        for (int round = 0; round < 50; round++)
        {
            for (ulong id = 1; id <= QuestionCount; id++)
            {
                // Of a session that nobody has: the bridge itself answers, at once.
                peer.Send(MessageKind.Request, new Request
                {
                    SessionId = 12345,
                    RequestId = id,
                    Kind = RequestKind.Heartbeat,
                });
            }

            for (ulong id = 1; id <= QuestionCount; id++)
            {
                (MessageKind kind, byte[] payload) = peer.Receive();
                Assert.That(kind, Is.EqualTo(MessageKind.Ack));
                Assert.That(Ack.Parser.ParseFrom(payload).RequestId, Is.EqualTo(id));
            }
        }
    }

    [TestCase(Lane.SharedMemory)]
    [TestCase(Lane.ZeroMq)]
    public void A_healthy_session_is_not_silent_however_long_the_deadman_is(
        Lane lane, CancellationToken cancel)
    {
        using var agent = new LoopbackAgent(lane, Rigs.Agent() with
        {
            Deadman = TimeSpan.FromHours(1),
        });
        using var host = RemotePlant.Connect(Rigs.Host(agent));
        var state = new JointState(3);
        using LanePage page = LanePage.Open(agent.Bridge.Endpoint[AgentBridge.Scheme.Length..]);
        long beat = BeatOf(lane, page, host);
        int beatCount = 0;
        Eventually.Holds(
            () =>
            {
                Assert.That(host.TryRead(state), Is.Not.EqualTo(PlantStatus.Lost));
                long now = BeatOf(lane, page, host);
                beatCount += now == beat ? 0 : 1;
                beat = now;
                return beatCount == 5;
            },
            cancel);
        Assert.That(agent.Bridge.Owner, Is.EqualTo(host.Key), "the owner counts as gone");
    }

    // Over ZeroMQ a sign of life is a request; in shared memory it is a word of the peer's seat.
    private static unsafe long BeatOf(Lane lane, LanePage page, RemotePlant host)
    {
        for (int i = 0; lane == Lane.SharedMemory && i < LaneLayout.SeatCount; i++)
        {
            long* seat = page.At(page.Layout.SeatOffset(i));
            if (Volatile.Read(ref seat[SeatWord.Session]) == (long)host.Key.SessionId)
            {
                return Volatile.Read(ref seat[SeatWord.Beat]);
            }
        }

        return host.Counters.RequestsPosted;
    }
}
