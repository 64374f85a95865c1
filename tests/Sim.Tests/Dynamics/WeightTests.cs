using HilRig.Sim.Batch;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Parity;

namespace HilRig.Sim.Tests.Dynamics;

/// <summary>
/// Constants derived by the phases against those of the compiler, which has its own algorithm.
/// </summary>
internal sealed class WeightTests
{
    private const double Tolerance = 1e-9;

    [TestCase("joints")]
    [TestCase("tendons")]
    [TestCase("quadruped")]
    [TestCase("hand")]
    [TestCase("arm7")]
    public void Derived_weights_are_the_compilers(string name)
    {
        Model model = FixtureSet.Load(name);
        var packed = new PackedModel(model);
        double[] constants = packed.Constants;
        Layout at = packed.At;
        Assert.Multiple(() =>
        {
            for (int dof = 0; dof < model.DofCount; dof++)
            {
                Same(
                    constants[at.OfDof(dof, ConstantSlots.InverseWeight)],
                    model.InverseWeight[dof]);
            }

            for (int body = 0; body < model.Bodies.Count; body++)
            {
                Same(
                    constants[Layout.OfBody(body, ConstantSlots.BodyInverseTranslation)],
                    model.Bodies[body].InverseWeightTranslation);
                Same(
                    constants[Layout.OfBody(body, ConstantSlots.BodyInverseRotation)],
                    model.Bodies[body].InverseWeightRotation);
            }

            for (int tendon = 0; tendon < model.Tendons.Count; tendon++)
            {
                Same(
                    constants[at.Tendons.Of(tendon, ConstantSlots.TendonInverseWeight)],
                    model.Tendons[tendon].InverseWeight);
            }

            Same(constants[ConstantSlots.MeanInertia], model.MeanInertia);
        });
    }

    [Test]
    public void Deriving_leaves_the_state_alone()
    {
        Model model = FixtureSet.Load("joints");
        var simulation = new Simulation(model);
        for (int k = 0; k < simulation.Position.Length; k++)
        {
            simulation.Position[k] += 0.1 * (k + 1);
        }

        double[] before = simulation.Position.ToArray();
        simulation.TimeStep *= 0.5;
        Assert.That(simulation.Position.ToArray(), Is.EqualTo(before));
    }

    private static void Same(double actual, double expected) => Assert.That(
        actual, Is.EqualTo(expected).Within(Tolerance * Math.Max(1e-6, Math.Abs(expected))));
}
