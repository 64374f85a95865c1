using HilRig.Harness.Results;
using HilRig.Harness.Running;
using HilRig.Harness.Tests.Support;

namespace HilRig.Harness.Tests.Running;

internal sealed class AllocationTests
{
    [Test]
    [CancelAfter(60_000)]
    public void The_loop_allocates_nothing_after_warm_up()
    {
        var clock = new FakeClock();
        using var sink = new MemorySink();
        var plant = new FakePlant(Runs.Joints, 0.02, clock) { Initial = [0, 0] };
        clock.Ready = () => sink.Records.Count >= plant.WriteCount - 500;
        RunResult result = new ScenarioRunner(Runs.Parts(
            Runs.Plan(Runs.Steps + "repeats: 2\n"),
            plant,
            new FakePlant(Runs.Joints, 0.03, clock),
            sink,
            clock)).Run(CancellationToken.None);
        TestContext.Out.WriteLine(
            $"{result.Loop!.AllocatedBytes} B over {result.Loop.TickCount} ticks");
        Assert.That(result.Loop.TickCount, Is.EqualTo(1000));
        Assert.That(result.Loop.AllocatedBytes, Is.Zero);
    }
}
