namespace HilRig.Sim.Tests.Parity;

/// <summary>
/// Gates G1 to G7 for every own model, in double precision, one test a fixture and gate. Errors are
/// relative to the largest value of their kind in the state.
/// </summary>
internal sealed class GateTests
{
    private static IEnumerable<TestCaseData> Cases =>
        from rule in GateRuns.Rules
        from fixture in FixtureSet.Names
        select new TestCaseData(rule, fixture).SetArgDisplayNames(rule.Name, fixture);

    [TestCaseSource(nameof(Cases))]
    [CancelAfter(120_000)]
    public void Gate_holds(GateRule rule, string fixture)
    {
        Errors errors = GateRuns.Run(fixture, rule);
        TestContext.Out.WriteLine($"| {fixture} | {rule.Name} | {errors}");
        errors.ShouldBeBelow(Missed.Bound(fixture, rule.Name) ?? rule.Limit);
    }
}
