using System.Runtime;
using System.Runtime.CompilerServices;
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
            RealTimeFeature.PrefaultedHeap, RealTimeFeature.ProcessorLatency,
            RealTimeFeature.Affinity, RealTimeFeature.FifoScheduling,
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

    [Test]
    [Platform("Linux")]
    public void The_thread_gets_back_the_policy_and_processors_it_had()
    {
        ulong[] masks = new ulong[3];
        int[] policies = new int[2];
        OnOwnThread(() =>
        {
            using (RealTimeKit.Enter(Nothing with { FifoPriority = 5 }))
            {
                policies[0] = LinuxCalls.GetScheduler(0);
                masks[0] = Mask();
                using (RealTimeKit.Enter(Nothing with { FifoPriority = 10, Processors = [0] }))
                {
                    masks[1] = Mask();
                }

                policies[1] = LinuxCalls.GetScheduler(0);
                masks[2] = Mask();
            }
        });
        Assert.That(policies[1], Is.EqualTo(policies[0]));
        Assert.That(masks[1], Is.EqualTo(1UL));
        Assert.That(masks[2], Is.EqualTo(masks[0]));
    }

    [Test]
    public void A_refused_priority_says_how_to_get_it()
    {
        var grant = new RealTimeGrant(RealTimeFeature.FifoScheduling, false, "not permitted")
        {
            Remedy = "do this",
        };
        Assert.That(grant.Describe(), Is.EqualTo("FifoScheduling: not permitted (do this)"));
    }

    [Test]
    [NonParallelizable]
    public void Nothing_is_collected_within_the_budget_and_the_region_ends_with_the_kit()
    {
        const int BudgetBytes = 16 * 1024 * 1024;
        LoopDisturbance seen = default;
        bool granted = false;
        GCLatencyMode inside = GCLatencyMode.Batch;
        OnOwnThread(() =>
        {
            using RealTimeKit kit =
                RealTimeKit.Enter(Nothing with { NoCollectionBytes = BudgetBytes });
            granted = kit.Grants[0].Granted;
            inside = GCSettings.LatencyMode;
            kit.Begin();
            for (int i = 0; i < 1000; i++)
            {
                GC.KeepAlive(new byte[1024]);
            }

            seen = kit.Disturbance;
        });
        Assert.That(granted, Is.True);
        Assert.That(inside, Is.EqualTo(GCLatencyMode.NoGCRegion));
        Assert.That(seen.Collections, Is.Zero);
        Assert.That(seen.AllocatedBytes, Is.GreaterThanOrEqualTo(1000 * 1024));
        Assert.That(GCSettings.LatencyMode, Is.Not.EqualTo(GCLatencyMode.NoGCRegion));
    }

    [Test]
    public void A_budget_that_cannot_be_had_is_refused_with_a_remedy()
    {
        using RealTimeKit kit = Enter(Nothing with { NoCollectionBytes = long.MaxValue / 2 });
        Assert.That(kit.Grants[0].Granted, Is.False);
        Assert.That(kit.Grants[0].Remedy, Is.Not.Empty);
    }

    [Test]
    public void A_collection_in_the_loop_is_said_at_the_end()
    {
        RealTimeGrant before = default;
        RealTimeGrant after = default;
        OnOwnThread(() =>
        {
            using RealTimeKit kit = RealTimeKit.Enter(Nothing);
            _ = kit.Conclude();
            kit.Begin();
            before = kit.Conclude();
            GC.Collect();
            after = kit.Conclude();
        });
        Assert.That(before.Detail, Does.StartWith("0 collections"));
        Assert.That(after.Granted, Is.False);
        Assert.That(after.Detail, Does.Not.StartWith("0 collections"));
    }

    [Test]
    public void A_method_compiled_in_the_loop_is_counted()
    {
        LoopDisturbance seen = default;
        OnOwnThread(() =>
        {
            using RealTimeKit kit = RealTimeKit.Enter(Nothing);
            _ = kit.Disturbance;
            kit.Begin();
            NeverCalledBefore();
            seen = kit.Disturbance;
        });
        Assert.That(seen.CompiledMethods, Is.EqualTo(1));
        Assert.That(seen.IsNone, Is.False);
    }

    [Test]
    public void The_code_of_hot_namespaces_is_compiled_before_the_loop()
    {
        long compiled = -1;
        OnOwnThread(() =>
        {
            using RealTimeKit kit = RealTimeKit.Enter(Nothing with
            {
                CompiledAssemblies = [typeof(RealTimeKitTests).Assembly],
            });
            _ = kit.Disturbance;
            kit.Begin();
            CompiledInAdvance.Touch();
            compiled = kit.Disturbance.CompiledMethods;
        });
        Assert.That(compiled, Is.Zero);
    }

    [Test]
    [CancelAfter(10_000)]
    public void The_warm_up_is_repeated_until_a_round_compiles_nothing()
    {
        int rounds = 0;
        using RealTimeKit kit = Enter(Nothing with { WarmUp = () => rounds++ });
        Assert.That(kit.Grants[0].Feature, Is.EqualTo(RealTimeFeature.CompiledCode));
        Assert.That(rounds, Is.GreaterThanOrEqualTo(2));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void NeverCalledBefore()
    {
    }

    private static unsafe ulong Mask()
    {
        ulong* mask = stackalloc ulong[16];
        _ = LinuxCalls.GetAffinity(0, 16 * sizeof(ulong), mask);
        return mask[0];
    }

    private static RealTimeOptions Nothing => RealTimeOptions.None;

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
