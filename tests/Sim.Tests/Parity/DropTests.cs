namespace HilRig.Sim.Tests.Parity;

/// <summary>G7 over many seeds: means of height, depth, impulse and energy.</summary>
internal sealed class DropTests
{
    private const double Limit = 0.01;

    [TestCaseSource(typeof(DropMeasures), nameof(DropMeasures.Names))]
    [CancelAfter(120_000)]
    public void Means_over_many_drops_agree(string name)
    {
        Errors errors = DropMeasures.Compare(FixtureSet.Load(name), FixtureSet.Fixture(name));
        TestContext.Out.WriteLine($"| {name} | drops | {errors}");
        errors.ShouldBeBelow(Limit);
    }
}
