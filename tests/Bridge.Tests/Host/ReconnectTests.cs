using System.Diagnostics;
using HilRig.Bridge.Host;
using HilRig.Core.Joints;
using HilRig.Core.Ports;

namespace HilRig.Bridge.Tests.Host;

/// <summary>The short form of bench/soak: who comes and goes leaves nothing behind.</summary>
[CancelAfter(60_000)]
public sealed class ReconnectTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [TestCase(Lane.SharedMemory, 300)]
    [TestCase(Lane.ZeroMq, 40)]
    public void Peers_that_come_and_go_leave_no_thread_handle_or_seat(
        Lane lane, int count, CancellationToken cancel)
    {
        using var agent = new LoopbackAgent(lane);
        Come(agent, 10);
        (int threads, int files) = Held();
        Come(agent, count);
        Eventually.Holds(() => Held().Threads <= threads + 2, cancel);
        Eventually.Holds(() => Held().Files <= files + 4, cancel);
        using var last = RemotePlant.Connect(Rigs.Host(agent));
        Assert.That(() => last.Start(new JointState(3)), Throws.Nothing);
    }

    private static void Come(LoopbackAgent agent, int count)
    {
        for (int i = 0; i < count; i++)
        {
            using AgentObserver observer =
                AgentObserver.Connect(agent.Endpoint, Patience, Patience);
            Assert.That(observer.TryRead(new JointState(3)), Is.Not.EqualTo(PlantStatus.Lost));
        }
    }

    private static (int Threads, int Files) Held()
    {
        using var self = Process.GetCurrentProcess();
        return (self.Threads.Count, Directory.GetFiles("/proc/self/fd").Length);
    }
}
