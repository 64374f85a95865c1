using HilRig.Sim.Models;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Dynamics;

/// <summary>
/// What mechanics keeps: energy, momentum, unit quaternions. MuJoCo's Runge-Kutta is of second
/// order on rotations, so what turns fast drifts by about 1e-7 a second at 1 ms.
/// </summary>
internal sealed class ConservationTests
{
    private const string Top = """
        <mujoco>
          <option timestep="0.001" integrator="RK4" gravity="0 0 0"/>
          <worldbody>
            <body pos="3 -2 5" name="top">
              <freejoint/>
              <geom type="box" size="0.1 0.06 0.03" pos="0.01 0.02 -0.01" contype="0"/>
            </body>
          </worldbody>
          <sensor><subtreeangmom body="top"/><subtreelinvel body="top"/></sensor>
        </mujoco>
        """;

    private const string Chain = """
        <mujoco>
          <option timestep="0.001" integrator="RK4"/>
          <default><geom contype="0" conaffinity="0"/></default>
          <worldbody>
            <body pos="0 0 2">
              <joint type="ball" stiffness="0.2"/>
              <geom type="capsule" size="0.02" fromto="0 0 0 0.3 0 0"/>
              <body pos="0.3 0 0">
                <joint type="hinge" axis="0 1 0" stiffness="0.5"/>
                <joint type="slide" axis="1 0 0" stiffness="80"/>
                <geom type="capsule" size="0.02" fromto="0 0 0 0.2 0 0.1"/>
              </body>
            </body>
          </worldbody>
        </mujoco>
        """;

    [Test]
    public void A_torque_free_top_keeps_energy_momentum_and_its_quaternion()
    {
        var simulation = new Simulation(ModelFile.Load(Top));
        double[] spin = [0.3, -0.2, 0.1, 2, 9, -1];
        spin.CopyTo(simulation.Velocity);
        simulation.Forward();
        double[] momentum = simulation.Sensors.ToArray();
        double energy = simulation.Energy().Kinetic;
        for (int step = 0; step < 1000; step++)
        {
            Assert.That(simulation.Step(), Is.EqualTo(StepStatus.Ok));
        }

        simulation.Forward();
        Span<double> q = simulation.Position[3..];
        double norm = Math.Sqrt((q[0] * q[0]) + (q[1] * q[1]) + (q[2] * q[2]) + (q[3] * q[3]));
        Assert.Multiple(() =>
        {
            Assert.That(simulation.Energy().Kinetic, Is.EqualTo(energy).Within(1e-6 * energy));
            for (int k = 0; k < momentum.Length; k++)
            {
                Assert.That(simulation.Sensors[k], Is.EqualTo(momentum[k]).Within(1e-6));
            }

            Assert.That(norm, Is.EqualTo(1).Within(1e-12));
        });
    }

    // Of second order: half the step leaves a quarter of the drift. A wrong term of the energy
    // would leave a drift that does not shrink.
    [Test]
    public void A_chain_of_springs_and_balls_keeps_its_energy_the_better_the_finer()
    {
        Model model = ModelFile.Load(Chain);
        double coarse = Drift(model, 0.001);
        double fine = Drift(model, 0.0005);
        Assert.That(coarse, Is.LessThan(1e-4));
        Assert.That(coarse / fine, Is.EqualTo(4).Within(0.4));
    }

    [Test]
    public void A_body_far_away_falls_as_one_at_the_origin()
    {
        var near = new Simulation(ModelFile.Load(Top));
        var far = new Simulation(ModelFile.Load(Top));
        double[] spin = [0.3, -0.2, 0.1, 2, 9, -1];
        spin.CopyTo(near.Velocity);
        spin.CopyTo(far.Velocity);
        far.Position[0] += 1e6;
        for (int step = 0; step < 100; step++)
        {
            near.Step();
            far.Step();
        }

        // Nothing but the place itself knows how far away it is.
        Assert.That(far.Velocity.ToArray(), Is.EqualTo(near.Velocity.ToArray()));
        Assert.That(
            far.Position[3..].ToArray(), Is.EqualTo(near.Position[3..].ToArray()));
    }

    // Joules gained or lost in one second.
    private static double Drift(Model model, double timeStep)
    {
        var simulation = new Simulation(model) { TimeStep = timeStep };
        double[] start = [0.9, 0.1, -0.3, 0.2, 0.4, 0.02];
        start.CopyTo(simulation.Position);
        double[] velocity = [0.5, -1, 2, 1.5, -0.2];
        velocity.CopyTo(simulation.Velocity);
        simulation.Forward();
        double before = Total(simulation);
        for (int step = 0; step < (int)Math.Round(1 / timeStep); step++)
        {
            Assert.That(simulation.Step(), Is.EqualTo(StepStatus.Ok));
        }

        simulation.Forward();
        return Math.Abs(Total(simulation) - before);
    }

    private static double Total(Simulation simulation)
    {
        (double potential, double kinetic) = simulation.Energy();
        return potential + kinetic;
    }
}
