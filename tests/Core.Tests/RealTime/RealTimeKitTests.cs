using HilRig.Core.RealTime;

namespace HilRig.Core.Tests.RealTime;

internal sealed class RealTimeKitTests
{
    [Test]
    public void The_report_answers_every_feature_that_was_asked_for()
    {
        using RealTimeKit kit = Enter(new RealTimeOptions
        {
            MemoryLocking = MemoryLocking.None,
            Processors = [0],
        });
        Assert.That(kit.Grants.Select(grant => grant.Feature), Is.EquivalentTo(new[]
        {
            RealTimeFeature.LowLatencyCollector, RealTimeFeature.PrefaultedStack,
            RealTimeFeature.ProcessorLatency, RealTimeFeature.Affinity,
            RealTimeFeature.FifoScheduling,
        }));
        Assert.That(kit.Grants.Select(grant => grant.Detail), Has.None.Empty);
    }

    [Test]
    public void Nothing_asked_for_is_nothing_reported()
    {
        using RealTimeKit kit = Enter(Nothing);
        Assert.That(kit.Grants, Is.Empty);
        Assert.That(kit.IsComplete, Is.True);
    }

    [Test]
    public void A_refusal_is_said_with_its_reason()
    {
        using RealTimeKit kit = Enter(Nothing with { Processors = [1023] });
        Assert.That(kit.IsComplete, Is.False);
        Assert.That(kit.Describe(), Does.StartWith("did not get Affinity: "));
        Assert.That(kit.Grants[0].Detail, Is.Not.Empty);
    }

    [Test]
    public void A_processor_that_cannot_exist_is_refused_not_thrown()
    {
        using RealTimeKit kit = Enter(Nothing with { Processors = [-1] });
        Assert.That(kit.Grants[0].Granted, Is.False);
    }

    [Test]
    [Platform("Linux")]
    public void The_thread_has_the_scheduling_the_report_claims_and_loses_it_on_dispose()
    {
        const int Other = 0;
        const int Fifo = 1;
        int inside = -1;
        int after = -1;
        bool granted = false;
        OnOwnThread(() =>
        {
            using (RealTimeKit kit = RealTimeKit.Enter(Nothing with { FifoPriority = 10 }))
            {
                granted = kit.Grants[0].Granted;
                inside = LinuxCalls.GetScheduler(0);
            }

            after = LinuxCalls.GetScheduler(0);
        });
        Assert.That(inside, Is.EqualTo(granted ? Fifo : Other));
        Assert.That(after, Is.EqualTo(Other));
    }

    private static RealTimeOptions Nothing => new()
    {
        FifoPriority = 0,
        MemoryLocking = MemoryLocking.None,
        HoldProcessorLatency = false,
        PrefaultStackBytes = 0,
        LowLatencyCollector = false,
    };

    // The test host's own thread must not stay pinned or raised.
    private static RealTimeKit Enter(RealTimeOptions options)
    {
        RealTimeKit? kit = null;
        OnOwnThread(() => kit = RealTimeKit.Enter(options));
        return kit!;
    }

    private static void OnOwnThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }
}
