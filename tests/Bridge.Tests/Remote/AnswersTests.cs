using HilRig.Bridge.Agent;
using HilRig.Bridge.Host;
using HilRig.Bridge.Protos;
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
        AgentBridgeOptions patient = Rigs.Agent() with { Deadman = TimeSpan.FromSeconds(60) };
        using var agent = new LoopbackAgent(lane, patient);
        using var host = RemotePlant.Connect(Rigs.Host(agent));
        long heardUntil = Environment.TickCount64 + 2500;
        var state = new JointState(3);
        while (Environment.TickCount64 < heardUntil)
        {
            cancel.ThrowIfCancellationRequested();
            Assert.That(host.TryRead(state), Is.Not.EqualTo(PlantStatus.Lost));
            Thread.Yield();
        }

        Assert.That(agent.Bridge.Owner, Is.EqualTo(host.Key), "the owner counts as gone");
    }
}
