using HilRig.Harness.Results;
using HilRig.Harness.Tests.Reporting;

namespace HilRig.Harness.Tests.Results;

internal sealed class OneWayFiguresTests
{
    [Test]
    public void A_one_way_latency_below_its_uncertainty_is_not_told_and_others_stay()
    {
        RunResult run = Run(uncertainty: 40);
        RunResult told = OneWayFigures.Refuse(run);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(told.Latency[LatencyKeys.AgentReceive].P50Microseconds, Is.Null);
            Assert.That(told.Latency[LatencyKeys.AgentReceive].P99Microseconds, Is.EqualTo(90));
            Assert.That(told.Latency[LatencyKeys.AgentReceive].Count, Is.EqualTo(2000));
            Assert.That(told.Latency[LatencyKeys.Wake].P50Microseconds, Is.EqualTo(20));
            Assert.That(told.Latency[LatencyKeys.EndToEnd].P50Microseconds, Is.EqualTo(20));
        }
    }

    [Test]
    public void On_one_machine_every_figure_is_told()
    {
        RunResult run = Run(uncertainty: null);
        Assert.That(
            OneWayFigures.Refuse(run).Latency[LatencyKeys.AgentReceive].P50Microseconds,
            Is.EqualTo(20));
    }

    private static RunResult Run(double? uncertainty)
    {
        RunResult sample = SampleRuns.Stopped();
        var figure = new LatencyFigure
        {
            Count = 2000,
            P50Microseconds = 20,
            P90Microseconds = 39.9,
            P99Microseconds = 90,
            MaxMicroseconds = 200,
        };
        return sample with
        {
            Latency = LatencyKeys.All.ToDictionary(key => key, _ => figure),
            Bridge = sample.Bridge! with
            {
                Clock = uncertainty is { } bound
                    ? sample.Bridge.Clock! with { UncertaintyMicroseconds = bound }
                    : null,
            },
        };
    }
}
