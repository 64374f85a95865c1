using HilRig.Core.Sampling;
using HilRig.Sim.Gradients;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Parity;

namespace HilRig.Sim.Tests.Gradients;

/// <summary>Envs that step with a direction each, against whole Jacobians in doubles.</summary>
internal sealed class TangentSimulationTests
{
    [TestCase("arm7")]
    [TestCase("limits")]
    [TestCase("condim-pyramidal")]
    public void The_tangent_is_the_jacobian_times_the_direction(string name)
    {
        Model model = FixtureSet.Load(name);
        var random = new CounterRandom(4, 7);
        var input = new StepInput(model);
        FixtureSet.Fixture(name).Derivatives[0].At.Position.CopyTo(input.Position, 0);
        var derivatives = new StepDerivatives(model);
        using var tangents = new TangentSimulation(model);
        tangents.Load(input);
        int dofs = model.DofCount;
        int count = dofs + model.Actuators.Count;
        double[] directions = new double[TangentSimulation.EnvCount * count];
        for (int i = 0; i < directions.Length; i++)
        {
            directions[i] = (2 * random.Unit((ulong)i)) - 1;
            int env = i / count;
            int index = i % count;
            if (index < dofs)
            {
                tangents.SetVelocity(env, index, input.Velocity[index], directions[i]);
            }
            else
            {
                double control = input.Control[index - dofs];
                tangents.SetControl(env, index - dofs, control, directions[i]);
            }
        }

        derivatives.Compute(input);
        tangents.Step();

        double largest = 0;
        double error = 0;
        for (int env = 0; env < TangentSimulation.EnvCount; env++)
        {
            for (int dof = 0; dof < dofs; dof++)
            {
                double expected = 0;
                int row = dofs + dof;
                for (int k = 0; k < count; k++)
                {
                    double entry = k < dofs
                        ? derivatives.ByState[(row * derivatives.StateSize) + dofs + k]
                        : derivatives.ByControl[(row * (count - dofs)) + k - dofs];
                    expected += entry * directions[(env * count) + k];
                }

                double found = tangents.Velocity(env, dof).Tangent;
                largest = Math.Max(largest, Math.Abs(expected));
                double off = Math.Abs(found - expected);
                error = double.IsNaN(off) ? off : Math.Max(error, off);
            }
        }

        TestContext.Out.WriteLine($"{name}: {error / largest:e1} of {largest:g3}");
        Assert.That(largest, Is.GreaterThan(0.1));
        Assert.That(error / largest, Is.LessThan(1e-4));
    }
}
