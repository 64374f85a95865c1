using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Parity;

/// <summary>G11: closed forms, orders of the integrators, what is conserved.</summary>
internal sealed class AnalyticTests
{
    private const double Gravity = 9.81;

    [TestCase("Euler", 1)]
    [TestCase("implicitfast", 1)]
    [TestCase("RK4", 4)]
    [CancelAfter(60_000)]
    public void Halving_the_step_shows_the_order_of_the_integrator(string integrator, int order)
    {
        // Three hinges that couple, half a second. (A ball joint would show order 2 with RK4, here
        // as in MuJoCo: rotations are integrated by one mean velocity.)
        double[] exact = Run("RK4", 0.5 / 8192);
        double coarse = Distance.Relative(Run(integrator, 0.5 / 128), exact);
        double fine = Distance.Relative(Run(integrator, 0.5 / 256), exact);
        double slope = Math.Log2(coarse / fine);
        TestContext.Out.WriteLine($"{integrator}: {coarse:E2}, {fine:E2}, order {slope:F2}");
        Assert.That(slope, Is.EqualTo(order).Within(0.15));

        static double[] Run(string integrator, double timeStep)
        {
            Simulation simulation = Make($"""
                <mujoco>
                  <compiler angle="radian"/>
                  <option integrator="{integrator}" timestep="{timeStep:R}"/>
                  <default><geom contype="0" conaffinity="0" density="800"/></default>
                  <worldbody>
                    <body>
                      <joint axis="0 1 0" damping="0.02"/>
                      <geom type="capsule" size="0.02" fromto="0 0 0 0.2 0 -0.1"/>
                      <body pos="0.2 0 -0.1">
                        <joint axis="1 1 0" damping="0.01"/>
                        <geom type="capsule" size="0.02" fromto="0 0 0 0.1 0.1 0"/>
                        <body pos="0.1 0.1 0">
                          <joint axis="0 1 1"/>
                          <geom type="box" size="0.03 0.02 0.05" pos="0 0.01 -0.04"/>
                        </body>
                      </body>
                    </body>
                  </worldbody>
                </mujoco>
                """);
            simulation.Velocity.Fill(0.5);
            Step(simulation, (int)Math.Round(0.5 / timeStep));
            return [.. simulation.Position, .. simulation.Velocity];
        }
    }

    [Test]
    public void A_body_in_free_fall_follows_the_parabola_of_its_integrator()
    {
        Simulation simulation = Make(Free("Euler", 0.002, "gravity=\"0 0 -9.81\""));
        Step(simulation, 500);

        // Velocity first, then position with it: x = -g h² n (n + 1) / 2.
        Assert.That(simulation.Velocity[2], Is.EqualTo(-Gravity).Within(1e-12));
        Assert.That(
            simulation.Position[2],
            Is.EqualTo(1 - (Gravity * 4e-6 * 500 * 501 / 2)).Within(1e-12));
        Assert.That(simulation.Velocity[..2].ToArray(), Is.All.Zero);
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_torque_free_top_keeps_energy_and_momentum()
    {
        Simulation simulation = Make(Free("RK4", 0.001, "gravity=\"0 0 0\""));
        simulation.Velocity[3] = 0.3;
        simulation.Velocity[4] = 8;
        simulation.Velocity[5] = -0.2;
        (double energy, double momentum) = Spin(simulation);
        Step(simulation, 5000);
        (double energyLater, double momentumLater) = Spin(simulation);
        TestContext.Out.WriteLine(
            $"energy {(energyLater / energy) - 1:E1}, "
            + $"momentum {(momentumLater / momentum) - 1:E1}");
        Assert.That(energyLater / energy, Is.EqualTo(1).Within(1e-9));
        Assert.That(momentumLater / momentum, Is.EqualTo(1).Within(1e-9));

        // The middle axis is unstable: the motion is no mere spin.
        Assert.That(Math.Abs(simulation.Velocity[4] - 8), Is.GreaterThan(1e-3));
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_pendulum_of_large_amplitude_has_its_elliptic_period()
    {
        const double Start = 2.5;
        Simulation simulation = Make("""
            <mujoco>
              <compiler angle="radian"/>
              <option integrator="RK4" timestep="0.001"/>
              <worldbody>
                <body>
                  <joint axis="0 1 0"/>
                  <inertial pos="0 0 -0.3" mass="0.7" diaginertia="0.01 0.02 0.01"/>
                </body>
              </worldbody>
            </mujoco>
            """);
        simulation.Position[0] = Start;
        double small = Math.Sqrt(0.7 * Gravity * 0.3 / (0.02 + (0.7 * 0.09)));
        double period = 2 * Math.PI / (small * Mean(1, Math.Cos(Start / 2)));

        // A quarter of the period to the bottom: the step in which it passes, by the secant.
        int steps = 0;
        double before = Start;
        while (simulation.Position[0] > 0)
        {
            before = simulation.Position[0];
            Step(simulation, 1);
            steps++;
        }

        double past = -simulation.Position[0] / (before - simulation.Position[0]);
        double quarter = 0.001 * (steps - past);
        Assert.That(quarter, Is.EqualTo(period / 4).Within(1e-6 * period));
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_mass_on_a_spring_swings_as_a_cosine()
    {
        Simulation simulation = Make("""
            <mujoco>
              <option integrator="RK4" timestep="0.001" gravity="0 0 0"/>
              <worldbody>
                <body>
                  <joint type="slide" axis="1 0 0" stiffness="50"/>
                  <inertial pos="0 0 0" mass="2" diaginertia="0.01 0.01 0.01"/>
                </body>
              </worldbody>
            </mujoco>
            """);
        simulation.Position[0] = 0.2;
        Step(simulation, 3000);
        Assert.That(
            simulation.Position[0], Is.EqualTo(0.2 * Math.Cos(5 * 3.0)).Within(1e-10));
    }

    private static string Free(string integrator, double timeStep, string option) => $"""
        <mujoco>
          <compiler angle="radian"/>
          <option integrator="{integrator}" timestep="{timeStep:R}" {option}/>
          <worldbody>
            <body pos="0 0 1">
              <freejoint/>
              <inertial pos="0 0 0" mass="1.5" diaginertia="0.01 0.02 0.028"/>
            </body>
          </worldbody>
        </mujoco>
        """;

    private static Simulation Make(string text) => new(ModelFile.Load(text));

    private static void Step(Simulation simulation, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.That(simulation.Step(), Is.EqualTo(StepStatus.Ok));
        }
    }

    // Energy and squared angular momentum of the free body, from its rates in its own axes.
    private static (double Energy, double Momentum) Spin(Simulation simulation)
    {
        double[] inertia = [0.01, 0.02, 0.028];
        double energy = 0;
        double momentum = 0;
        for (int i = 0; i < 3; i++)
        {
            double rate = simulation.Velocity[3 + i];
            energy += inertia[i] * rate * rate;
            momentum += inertia[i] * inertia[i] * rate * rate;
        }

        return (energy, momentum);
    }

    // Arithmetic-geometric mean.
    private static double Mean(double a, double b)
    {
        for (int i = 0; i < 20; i++)
        {
            (a, b) = ((a + b) / 2, Math.Sqrt(a * b));
        }

        return a;
    }
}
