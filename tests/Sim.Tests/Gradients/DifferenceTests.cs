using HilRig.Sim.Gradients;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Parity;

namespace HilRig.Sim.Tests.Gradients;

/// <summary>
/// Derivatives of a step against centred differences of the step itself, for every own model.
/// </summary>
internal sealed class DifferenceTests
{
    // Centred differences with steps of 1e-6; stiff contacts are the worst.
    private const double Tolerance = 1e-5;
    private const double Step = 1e-6;

    private static IEnumerable<string> Names => FixtureSet.Names;

    [TestCaseSource(nameof(Names))]
    [CancelAfter(120_000)]
    public void Derivatives_are_the_differences_of_the_step(string name)
    {
        Model model = FixtureSet.Load(name);
        var derivatives = new StepDerivatives(model);
        var simulation = new Simulation(model);
        var input = new StepInput(model);
        Load(input, FixtureSet.Fixture(name).States[1].Start);
        derivatives.Compute(input);
        int size = derivatives.StateSize;
        for (int column = 0; column < size; column++)
        {
            double[] slope = Difference(model, simulation, input, column);
            Compare(derivatives.ByState, size, column, slope);
        }

        int controls = model.Actuators.Count;
        for (int column = 0; column < controls; column++)
        {
            double[] slope = Difference(model, simulation, input, size + column);
            Compare(derivatives.ByControl, controls, column, slope);
        }
    }

    private static void Compare(
        ReadOnlySpan<double> matrix, int width, int column, double[] expected)
    {
        double scale = Math.Max(1e-2, expected.Max(Math.Abs));
        for (int row = 0; row < expected.Length; row++)
        {
            Assert.That(
                matrix[(row * width) + column],
                Is.EqualTo(expected[row]).Within(Tolerance * scale),
                $"row {row}, column {column}");
        }
    }

    private static double[] Difference(
        Model model, Simulation simulation, StepInput input, int direction)
    {
        (double[] Position, double[] Others) high = Go(model, simulation, input, direction, Step);
        (double[] Position, double[] Others) low = Go(model, simulation, input, direction, -Step);
        double[] middle = [.. high.Position.Zip(low.Position, (a, b) => 0.5 * (a + b))];
        double[] change = [.. high.Position.Zip(low.Position, (a, b) => (a - b) / (2 * Step))];
        double[] displacement = new double[model.DofCount];
        TangentSpace.Normalize(model, middle);
        TangentSpace.Project(model, middle, change, displacement);
        return
        [
            .. displacement,
            .. high.Others.Zip(low.Others, (a, b) => (a - b) / (2 * Step)),
        ];
    }

    private static (double[] Position, double[] Others) Go(
        Model model, Simulation simulation, StepInput input, int direction, double step)
    {
        int n = model.DofCount;
        int activations = model.ActivationCount;
        double[] displacement = new double[n];
        double[] change = new double[model.PositionCount];
        simulation.Reset();
        input.Position.CopyTo(simulation.Position);
        input.Velocity.CopyTo(simulation.Velocity);
        input.Activation.CopyTo(simulation.Activation);
        input.Control.CopyTo(simulation.Control);
        if (direction < n)
        {
            displacement[direction] = step;
            TangentSpace.Lift(model, input.Position, displacement, change);
            for (int k = 0; k < change.Length; k++)
            {
                simulation.Position[k] += change[k];
            }
        }
        else if (direction < 2 * n)
        {
            simulation.Velocity[direction - n] += step;
        }
        else if (direction < (2 * n) + activations)
        {
            simulation.Activation[direction - (2 * n)] += step;
        }
        else
        {
            simulation.Control[direction - (2 * n) - activations] += step;
        }

        Assert.That(simulation.Step(), Is.EqualTo(StepStatus.Ok));
        return (
            simulation.Position.ToArray(),
            [.. simulation.Velocity, .. simulation.Activation]);
    }

    private static void Load(StepInput input, SimState state)
    {
        state.Position.CopyTo(input.Position, 0);
        state.Velocity.CopyTo(input.Velocity, 0);
        state.Activation.CopyTo(input.Activation, 0);
        state.Control.CopyTo(input.Control, 0);
        input.Normalize();
    }
}
