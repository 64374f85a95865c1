using HilRig.Core.Errors;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Mjcf;

/// <summary>A fitted model must move as one that was written that way.</summary>
internal sealed class ModelFittingTests
{
    [Test]
    public void A_mounted_model_moves_as_one_whose_base_is_turned_in_the_file()
    {
        Model upright = ModelFile.Load(Arm("", ""));
        Model written = ModelFile.Load(Arm("quat='0.8 0.3 -0.5 0.1'", ""));
        Model mounted = ModelFitting.Mounted(upright, [1.6, 0.6, -1, 0.2]);
        Assert.That(Move(mounted), Is.EqualTo(Move(written)).Within(1e-12));
        Assert.That(Move(mounted), Is.Not.EqualTo(Move(upright)).Within(1e-3));
    }

    [Test]
    public void A_loaded_model_moves_as_one_with_the_load_welded_on_in_the_file()
    {
        Model bare = ModelFile.Load(Arm("", ""));
        Model written = ModelFile.Load(Arm("", """
            <body><inertial pos='0.02 0 -0.3' mass='0.2' diaginertia='0.001 0.002 0.0015'/></body>
            """));
        Model loaded = ModelFitting.Loaded(
            bare, "arm", 0.2, [0.02, 0, -0.3], [0.001, 0.002, 0.0015]);
        Assert.That(Move(loaded), Is.EqualTo(Move(written)).Within(1e-12));
        Assert.That(Move(loaded), Is.Not.EqualTo(Move(bare)).Within(1e-3));
        Assert.That(loaded.InverseWeight, Is.EqualTo(written.InverseWeight).Within(1e-12));
    }

    [Test]
    public void A_load_on_a_body_that_is_not_there_is_refused()
    {
        Model model = ModelFile.Load(Arm("", ""));
        var fault = Assert.Throws<ModelException>(
            () => ModelFitting.Loaded(model, "hand", 1, [0, 0, 0], [1, 1, 1]));
        Assert.That(fault!.Message, Does.Contain("'hand'").And.Contain("arm"));
    }

    private static string Arm(string mount, string load) => $"""
        <mujoco>
          <worldbody>
            <body name="base" {mount}>
              <body name="arm">
                <joint name="j" axis="0.2 1 0.3" frictionloss="0.02"/>
                <inertial pos="0 0.05 -0.1" mass="0.5" diaginertia="0.001 0.001 0.001"/>
                {load}
              </body>
            </body>
          </worldbody>
        </mujoco>
        """;

    private static double[] Move(Model model)
    {
        var simulation = new Simulation(model);
        simulation.Position[0] = 0.7;
        for (int step = 0; step < 50; step++)
        {
            Assert.That(simulation.Step(), Is.EqualTo(StepStatus.Ok));
        }

        return [simulation.Position[0], simulation.Velocity[0]];
    }
}
