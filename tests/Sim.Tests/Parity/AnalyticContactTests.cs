using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Parity;

/// <summary>G11 with contact: closed forms of rest and sliding.</summary>
internal sealed class AnalyticContactTests
{
    private const double Gravity = 9.81;

    [TestCase("pyramidal")]
    [TestCase("elliptic")]
    [CancelAfter(60_000)]
    public void A_ball_rests_at_the_depth_of_the_soft_contact(string cone)
    {
        const double Mass = 0.8;
        Simulation simulation = Sliding(cone, Mass, 0.5);
        simulation.Position[2] = -0.0005;
        Step(simulation, 3000);
        double depth = -simulation.Position[2];

        // At rest the row's force D K d r carries the weight: D = d / ((1 - d) A), A = 1/m the
        // approximate inverse inertia, K = 1/(dmax² t² ζ²), d(r) the impedance. A pyramid spreads
        // the normal force on four edges, each of D = 1/(2 μ² R).
        double impedance = 0.9 + (0.05 * Curve(depth / 0.001));
        double stiffness = 1 / (0.95 * 0.95 * 0.02 * 0.02);
        double weight = impedance / (1 - impedance) * Mass;
        if (cone == "pyramidal")
        {
            double edges = impedance / ((1 - impedance) * (1 + (0.5 * 0.5)) / Mass);
            weight = 4 * edges / (2 * 0.5 * 0.5);
        }

        TestContext.Out.WriteLine($"{cone}: depth {depth * 1e6:F3} µm");
        Assert.That(
            weight * stiffness * impedance * depth, Is.EqualTo(Mass * Gravity).Within(1e-6));
    }

    [TestCase("elliptic", 0.3)]
    [TestCase("pyramidal", 0.6)]
    [CancelAfter(60_000)]
    public void A_block_slides_until_friction_has_taken_its_energy(string cone, double friction)
    {
        const double Speed = 1.5;
        Simulation simulation = Sliding(cone, 0.8, friction);
        simulation.Position[2] = -0.0005;
        Step(simulation, 2000);
        double start = simulation.Position[0];
        simulation.Velocity[0] = Speed;
        for (int step = 0; step < 5000 && simulation.Velocity[0] > 1e-3; step++)
        {
            Step(simulation, 1);
        }

        double expected = Speed * Speed / (2 * friction * Gravity);
        double distance = simulation.Position[0] - start;
        TestContext.Out.WriteLine($"{cone}: {distance:F5} m of {expected:F5} m");
        Assert.That(distance, Is.EqualTo(expected).Within(0.01 * expected));
    }

    // A ball that cannot turn, on a plane.
    private static Simulation Sliding(string cone, double mass, double friction) =>
        new(ModelFile.Load($"""
            <mujoco>
              <option timestep="0.001" cone="{cone}"/>
              <worldbody>
                <geom type="plane" size="5 5 0.1" friction="{friction} 0.005 0.0001"/>
                <body pos="0 0 0.1">
                  <joint type="slide" axis="1 0 0"/>
                  <joint type="slide" axis="0 1 0"/>
                  <joint type="slide" axis="0 0 1"/>
                  <geom type="sphere" size="0.1" mass="{mass}" friction="{friction} 0.005 0.0001"/>
                </body>
              </worldbody>
            </mujoco>
            """));

    // The impedance's sigmoid of power 2 and midpoint 0.5.
    private static double Curve(double x) =>
        x >= 1 ? 1 : x <= 0.5 ? 2 * x * x : 1 - (2 * (1 - x) * (1 - x));

    private static void Step(Simulation simulation, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.That(simulation.Step(), Is.EqualTo(StepStatus.Ok));
        }
    }
}
