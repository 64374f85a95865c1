using HilRig.Bridge.Agent;
using HilRig.Bridge.Host;
using HilRig.Bridge.SharedMemory;
using HilRig.Core.RealTime;

namespace HilRig.Bridge.Tests.SharedMemory;

/// <summary>
/// Somebody writes random words all over the page while an agent and its owner run.
/// </summary>
[CancelAfter(60_000)]
public sealed unsafe class GarbledPageTests
{
    private const long Nanoseconds = 750_000_000;

    [TestCase(1)]
    [TestCase(2)]
    public void The_agent_lives_moves_nothing_and_serves_the_next_host(
        int seed, CancellationToken cancel)
    {
        using var agent = new LoopbackAgent(Rigs.Agent() with
        {
            Deadman = TimeSpan.FromSeconds(1),
            OwnerSilence = TimeSpan.FromMilliseconds(500),
        });
        using LanePage page = LanePage.Open(agent.Endpoint[AgentBridge.Scheme.Length..]);
        byte[] good = new ReadOnlySpan<byte>(page.Header, 128).ToArray();
        long accepted = 0;
        using (var plant = RemotePlant.Connect(Rigs.Host(agent)))
        {
            new Drive(plant).Exchange(0.1, cancel);
            accepted = agent.AcceptedCount;
            Scribble(page, seed);
            Assert.That(agent.AcceptedCount, Is.EqualTo(accepted), "random words move nothing");
            good.CopyTo(new Span<byte>(page.Header, good.Length));
        }

        Eventually.Holds(() => agent.Bridge.Owner.SessionId == 0, cancel);
        Free(page);
        Eventually.Holds(() => HasFreeSeat(page), cancel);
        using var next = RemotePlant.Connect(Rigs.Host(agent));
        next.Rearm();
        new Drive(next).Exchange(0.2, cancel);
        Assert.That(agent.AcceptedCount, Is.EqualTo(accepted + 1));
    }

    private static void Scribble(LanePage page, int seed)
    {
        var random = new Random(seed);
        long wordCount = page.Layout.FileBytes / sizeof(long);
        long until = MonotonicClock.NowNanoseconds + Nanoseconds;
        while (MonotonicClock.NowNanoseconds < until)
        {
            for (int i = 0; i < 1000; i++)
            {
                long value = random.Next(3) == 0 ? random.Next(300) : random.NextInt64();
                page.Header[random.NextInt64(HeaderWord.LoopWake, wordCount)] = value;
            }
        }
    }

    private static bool HasFreeSeat(LanePage page)
    {
        for (int i = 0; i < LaneLayout.SeatCount; i++)
        {
            if (Volatile.Read(ref page.At(page.Layout.SeatOffset(i))[SeatWord.Holder]) == 0)
            {
                return true;
            }
        }

        return false;
    }

    // Small numbers may name processes that live: such seats would stay taken.
    private static void Free(LanePage page)
    {
        for (int i = 0; i < LaneLayout.SeatCount; i++)
        {
            Volatile.Write(ref page.At(page.Layout.SeatOffset(i))[SeatWord.Departure], 1);
        }
    }
}
