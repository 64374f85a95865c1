using HilRig.Sim.Models;

namespace HilRig.Sim.Tests.Parity;

/// <summary>
/// Gates G1 to G7 for every own model, in double precision. Errors are relative to the largest
/// value of their kind in the state.
/// </summary>
internal sealed class GateTests
{
    private static IEnumerable<string> Names => FixtureSet.Names;

    [TestCaseSource(nameof(Names))]
    [CancelAfter(120_000)]
    public void G1_compiled_constants(string name) =>
        Check(name, "G1", ConstantMeasures.Compare, Gate.Constants);

    [TestCaseSource(nameof(Names))]
    [CancelAfter(120_000)]
    public void G2_smooth_dynamics(string name) =>
        Check(name, "G2", GateMeasures.Smooth, Gate.Smooth);

    [TestCaseSource(nameof(Names))]
    [CancelAfter(120_000)]
    public void G4_constraint_solve(string name) =>
        Check(name, "G4", GateMeasures.Solve, Gate.Solve);

    [TestCaseSource(nameof(Names))]
    [CancelAfter(120_000)]
    public void G5_steps_with_resync(string name) =>
        Check(name, "G5", GateMeasures.Resync, Gate.Resync);

    [TestCaseSource(nameof(Names))]
    [CancelAfter(120_000)]
    public void G6_free_run_without_contact(string name) =>
        Check(name, "G6", GateMeasures.FreeRun, Gate.FreeRun);

    [TestCaseSource(nameof(Names))]
    [CancelAfter(120_000)]
    public void G7_fifty_steps_with_contact(string name) =>
        Check(name, "G7", GateMeasures.ContactRun, Gate.ContactRun);

    private static void Check(
        string name, string gate, Func<Model, ParityFixture, Errors> measure, double limit)
    {
        if (Unready.Reason(name, gate) is string reason)
        {
            Assert.Ignore(reason);
        }

        Errors errors = measure(FixtureSet.Load(name), FixtureSet.Fixture(name));
        TestContext.Out.WriteLine($"| {name} | {gate} | {errors}");
        errors.ShouldBeBelow(limit);
    }
}
