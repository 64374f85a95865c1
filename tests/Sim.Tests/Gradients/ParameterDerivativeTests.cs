using HilRig.Sim.Gradients;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Parity;

namespace HilRig.Sim.Tests.Gradients;

/// <summary>
/// Derivatives by every parameter of every field, against centred differences of the step itself.
/// </summary>
internal sealed class ParameterDerivativeTests
{
    // Differences with steps of 1e-6 of a smooth function: about 1e-9, less where rows are stiff.
    private const double Tolerance = 1e-5;
    private const double Step = 1e-6;

    [TestCase("arm7")]
    [TestCase("soft")]
    [TestCase("actuators")]
    [TestCase("joints")]
    [TestCase("smooth-contact")]
    [CancelAfter(120_000)]
    public void Derivatives_by_parameters_are_the_differences(string name)
    {
        Model model = FixtureSet.Load(name);
        double[] all = ModelParameters.Values(model, ModelParameters.All(model));
        ModelParameter[] parameters =
        [
            .. ModelParameters.All(model)
                .Where((one, i) => double.IsFinite(all[i]) && !IsAtKink(one, all[i])),
        ];
        double[] values = ModelParameters.Values(model, parameters);
        var derivatives = new StepDerivatives(model, parameters);
        var primal = new StepAdjoint(model, parameters);
        var input = new StepInput(model);
        SimState state = FixtureSet.Fixture(name).States[0].Start;
        state.Position.CopyTo(input.Position, 0);
        state.Velocity.CopyTo(input.Velocity, 0);
        state.Activation.CopyTo(input.Activation, 0);
        state.Control.CopyTo(input.Control, 0);
        input.Normalize();
        derivatives.Compute(input);
        int n = model.DofCount;
        int touched = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            double[] high = Velocity(primal, input, values, i, Step);
            double[] low = Velocity(primal, input, values, i, -Step);
            double[] expected = [.. high.Zip(low, (a, b) => (a - b) / (2 * Step))];
            double scale = Math.Max(1e-2, expected.Max(Math.Abs));
            touched += expected.Any(slope => slope != 0) ? 1 : 0;
            for (int dof = 0; dof < n; dof++)
            {
                double found = derivatives.ByParameter[((n + dof) * parameters.Length) + i];
                Assert.That(
                    found,
                    Is.EqualTo(expected[dof]).Within(Tolerance * scale),
                    $"{parameters[i]}, dof {dof}");
            }
        }

        TestContext.Out.WriteLine($"{name}: {touched} of {parameters.Length} parameters matter");
        Assert.That(touched, Is.GreaterThan(n));
    }

    private static double[] Velocity(
        StepAdjoint primal, StepInput input, double[] values, int index, double step)
    {
        double[] moved = [.. values];
        moved[index] += step;
        primal.SetParameters(moved);
        Assert.That(primal.Forward(input), Is.EqualTo(StepStatus.Ok));
        return [.. primal.NextVelocity];
    }

    // Friction begins at 0, the larger of two equal geom frictions has two sides, and the world has
    // neither mass nor motion.
    private static bool IsAtKink(ModelParameter parameter, double value) =>
        parameter.Field == "geom_friction"
        || (parameter.Field is "dof_frictionloss" or "jnt_stiffness" && value == 0)
        || (parameter.Field.StartsWith("body", StringComparison.Ordinal) && parameter.Row == 0);
}
