using HilRig.Core.RealTime;
using HilRig.Bridge.Host;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Wire;
using HilRig.Core.Joints;
using NetMQ;
using NetMQ.Sockets;

namespace HilRig.Bridge.Tests.Host;

[CancelAfter(60_000)]
public sealed class FreshnessTests
{
    [TestCase(Lane.SharedMemory)]
    [TestCase(Lane.ZeroMq)]
    public void An_agent_that_wakes_after_a_stall_acts_on_the_newest_command_only(
        Lane lane, CancellationToken cancel)
    {
        using var agent = new LoopbackAgent(lane, Rigs.Agent() with
        {
            Deadman = Rigs.Patience,
        });
        using var plant = RemotePlant.Connect(Rigs.Host(agent));
        var drive = new Drive(plant);
        drive.Exchange(0.1, cancel);
        agent.Hangs = true;
        for (int i = 2; i <= 400; i++)
        {
            Assert.That(Drive.WriteOnce(plant, i), Is.EqualTo(Core.Ports.PlantStatus.Ok));
            int sequence = i;
            Eventually.Holds(() => agent.Delivered(plant) == sequence, cancel);
        }

        agent.Hangs = false;
        Eventually.Holds(() => agent.LastAccepted == 400, cancel);
        Assert.That(agent.AcceptedCount, Is.LessThanOrEqualTo(3), "1, maybe the one in hand, 400");
    }

    /// <summary>
    /// The agent's whole process stalls: nobody reads the socket. What piles up below is bounded,
    /// expired by its own valid-until, and the newest command gets through.
    /// </summary>
    [Test]
    public void A_stalled_process_finds_little_that_is_old_and_then_the_newest(
        CancellationToken cancel)
    {
        const int Sent = 2500;
        using var router = new RouterSocket();
        SocketPolicy.Apply(router, SocketPolicy.CommandHighWatermark);
        router.BindRandomPort("tcp://127.0.0.1");
        var tally = new LinkTally();
        Hello hello = RawPeer.Hello(Role.Owner);
        using var link = new ControlLink(
            router.Options.LastEndpoint!,
            hello,
            new LinkOptions(Rigs.Patience, Rigs.Patience),
            tally);
        var connecting = new Thread(() => link.Connect());
        connecting.Start();
        byte[] peer = router.ReceiveMultipartBytes(2)[0];
        var welcome = new Welcome { ProtocolMajor = WireSchema.Major, SessionId = 7 };
        welcome.DeadmanNanoseconds = 4_000_000_000_000;
        Frames.SendTo(router, peer, MessageKind.Welcome, welcome);
        connecting.Join();
        for (int i = 1; i <= Sent; i++)
        {
            JointCommand command = link.Writable;
            command.Sequence = i;
            command.Position.AsSpan().Clear();
            command.ValidUntilNanoseconds = MonotonicClock.NowNanoseconds + 10_000_000_000;
            long before = tally.Snapshot().CommandsSent;
            link.Send();

            // Goes on once it is sent; when there is no room, at 1 kHz.
            long next = MonotonicClock.NowNanoseconds + 1_000_000;
            Eventually.Holds(
                () => tally.Snapshot().CommandsSent > before
                    || MonotonicClock.NowNanoseconds > next,
                cancel);
        }

        int old = 0;
        long newest = 0;
        while (newest < Sent)
        {
            cancel.ThrowIfCancellationRequested();
            byte[] frame = router.ReceiveMultipartBytes(2)[1];
            if (frame[0] == (byte)MessageKind.Command)
            {
                old++;
                newest = Command.Parser.ParseFrom(frame.AsSpan(1)).Sequence;
            }
        }

        TestContext.Out.WriteLine($"{old} of {Sent} commands were queued below the bridge");

        // 750 to 1250 seen: 32 KiB of kernel buffer a side, which holds more the larger the pieces
        // in which they come, and NetMQ's 8 KiB. Without the small buffers all of them are queued.
        // Each that is old has expired by its own valid-until.
        Assert.That(old, Is.LessThan(1800));
    }
}
