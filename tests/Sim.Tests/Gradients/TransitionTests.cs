using HilRig.Sim.Gradients;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Parity;

namespace HilRig.Sim.Tests.Gradients;

/// <summary>
/// Gate G8: derivatives of a step against MuJoCo's centred differences (mjd_transitionFD).
/// </summary>
internal sealed class TransitionTests
{
    // Relative to the largest entry; the differences themselves are good to about 1e-7.
    private const double Tolerance = 1e-5;

    private static IEnumerable<string> Names => FixtureSet.Names;

    [TestCaseSource(nameof(Names))]
    [CancelAfter(120_000)]
    public void G8_step_derivatives(string name)
    {
        if (Unready.Reason(name, "G8") is string reason)
        {
            Assert.Ignore(reason);
        }

        Model model = FixtureSet.Load(name);
        ParityFixture fixture = FixtureSet.Fixture(name);
        Assert.That(fixture.Derivatives, Is.Not.Empty);
        var derivatives = new StepDerivatives(model);
        var input = new StepInput(model);
        double worst = 0;
        int kinks = 0;
        foreach (ParityDerivative expected in fixture.Derivatives)
        {
            expected.At.Position.CopyTo(input.Position, 0);
            expected.At.Velocity.CopyTo(input.Velocity, 0);
            expected.At.Activation.CopyTo(input.Activation, 0);
            expected.At.Control.CopyTo(input.Control, 0);
            derivatives.Compute(input);
            double error = Math.Max(
                Distance(derivatives.ByState, expected.ByState),
                Distance(derivatives.ByControl, expected.ByControl));
            worst = Math.Max(worst, error);
            kinks += error > Tolerance ? 1 : 0;
            TestContext.Out.WriteLine($"{name} {error:e2}");
        }

        TestContext.Out.WriteLine($"| {name} | G8 | {worst:e2} | {kinks} |");
        Assert.That(worst, Is.LessThan(Tolerance));
    }

    private static double Distance(ReadOnlySpan<double> found, double[] expected)
    {
        Assert.That(found.Length, Is.EqualTo(expected.Length));
        double scale = 1e-3;
        double worst = 0;
        for (int i = 0; i < found.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(expected[i]));
            worst = Math.Max(worst, Math.Abs(found[i] - expected[i]));
        }

        return double.IsNaN(found.ToArray().Sum()) ? double.NaN : worst / scale;
    }
}
