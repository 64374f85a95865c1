using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Dynamics;

/// <summary>Contacts against closed forms: depth, sliding, spinning, rolling.</summary>
internal sealed class ContactPhysicsTests
{
    private const double Gravity = 9.81;

    [Test]
    public void A_ball_rests_at_the_depth_where_the_soft_contact_carries_it()
    {
        // At rest a = 0: f = -D aref = D K d r holds m g, with D = d / ((1 - d) Â) and Â = 1/m, so
        // r = g (1 - d) / (K d²); d itself depends on r by its curve.
        Simulation simulation = Drop("sphere", "size=\"0.05\"", "condim=\"1\"", 0.05);
        Run(simulation, 4000);
        double stiffness = 1 / (0.95 * 0.95 * 0.02 * 0.02);
        double depth = 0;
        for (int i = 0; i < 100; i++)
        {
            double x = Math.Min(1, depth / 0.001);
            double curve = x <= 0.5 ? 2 * x * x : 1 - (2 * (1 - x) * (1 - x));
            double impedance = 0.9 + (0.05 * curve);
            depth = Gravity * (1 - impedance) / (stiffness * impedance * impedance);
        }

        Assert.That(0.05 - simulation.Position[2], Is.EqualTo(depth).Within(1e-6 * depth));
    }

    [TestCase("pyramidal")]
    [TestCase("elliptic")]
    public void A_sliding_box_stops_after_half_the_square_of_its_speed(string cone)
    {
        // Distance v² / (2 μ g), approached as the contact's softness and the step allow.
        const double Friction = 0.4;
        Simulation simulation = Drop(
            "box", "size=\"0.1 0.1 0.02\"", $"condim=\"3\" friction=\"{Friction}\"", 0.02, cone);
        Run(simulation, 1000);
        double start = simulation.Position[0];
        simulation.Velocity[0] = 2;
        Run(simulation, 1500);
        double expected = 4 / (2 * Friction * Gravity);
        Assert.That(
            simulation.Position[0] - start, Is.EqualTo(expected).Within(0.01 * expected));
        Assert.That(Math.Abs(simulation.Velocity[0]), Is.LessThan(1e-3));
    }

    [TestCase("pyramidal")]
    [TestCase("elliptic")]
    public void Torsional_friction_stops_a_spin_and_three_rows_do_not(string cone)
    {
        // ω̇ = -μ m g / I with I = 2/5 m r², while it slips: slow spins creep in MuJoCo's model.
        const double Torsion = 0.02;
        const double Spin = 100;
        double rate = Torsion * Gravity / (0.4 * 0.05 * 0.05);
        Simulation with = Drop(
            "sphere", "size=\"0.05\"", $"condim=\"4\" friction=\"1 {Torsion} 0.0001\"", 0.05, cone);
        Simulation without = Drop(
            "sphere", "size=\"0.05\"", "condim=\"3\" friction=\"1\"", 0.05, cone);
        foreach (Simulation each in (Simulation[])[with, without])
        {
            Run(each, 1000);
            each.Velocity[5] = Spin;
            Run(each, 200);
        }

        Assert.That(with.Velocity[5], Is.EqualTo(Spin - (0.2 * rate)).Within(0.05 * Spin));
        Assert.That(without.Velocity[5], Is.EqualTo(Spin).Within(1e-6 * Spin));
        Run(with, 2000);
        Assert.That(Math.Abs(with.Velocity[5]), Is.LessThan(0.01));
    }

    [TestCase("pyramidal")]
    [TestCase("elliptic")]
    public void Rolling_friction_stops_a_roll_and_three_rows_do_not(string cone)
    {
        Simulation with = Drop(
            "sphere", "size=\"0.05\"", "condim=\"6\" friction=\"1 0.005 0.02\"", 0.05, cone);
        Simulation without = Drop(
            "sphere", "size=\"0.05\"", "condim=\"3\" friction=\"1\"", 0.05, cone);
        foreach (Simulation each in (Simulation[])[with, without])
        {
            Run(each, 1000);
            each.Velocity[0] = 0.5;
            each.Velocity[4] = 0.5 / 0.05;
            Run(each, 4000);
        }

        Assert.That(Math.Abs(with.Velocity[0]), Is.LessThan(0.01));
        Assert.That(without.Velocity[0], Is.EqualTo(0.5).Within(0.005));
    }

    [Test]
    public void Contacts_tell_their_force()
    {
        Simulation simulation = Drop(
            "box", "size=\"0.1 0.1 0.02\" mass=\"2\"", "condim=\"3\"", 0.02);
        Run(simulation, 3000);
        simulation.Forward();
        IReadOnlyList<SimulatedContact> contacts = simulation.Contacts();
        Assert.That(contacts, Has.Count.EqualTo(4));
        Assert.That(
            contacts.Sum(contact => contact.Force[0]),
            Is.EqualTo(2 * Gravity).Within(1e-6 * 2 * Gravity));
        Assert.That(contacts.All(contact => contact.Normal.Z == 1));
        Assert.That(
            contacts.Select(contact => Math.Abs(contact.Position.X)),
            Has.All.EqualTo(0.1).Within(1e-3));
    }

    [Test]
    public void More_contacts_than_fit_are_a_status_of_their_own()
    {
        Simulation simulation = Drop(
            "box", "size=\"0.1 0.1 0.02\"", "condim=\"3\"", 0.019, contactMax: 2);
        Assert.That(simulation.Step(), Is.EqualTo(StepStatus.ContactOverflow));
    }

    private static Simulation Drop(
        string type,
        string size,
        string contact,
        double height,
        string cone = "pyramidal",
        int contactMax = 0)
    {
        var model = ModelFile.Load($"""
            <mujoco>
              <option timestep="0.001" cone="{cone}"/>
              <worldbody>
                <geom type="plane" size="5 5 1" {contact}/>
                <body pos="0 0 {height}">
                  <freejoint/>
                  <geom type="{type}" {size} {contact}/>
                </body>
              </worldbody>
            </mujoco>
            """);
        return new(model with
        {
            Options = model.Options with { ContactMax = contactMax },
        });
    }

    private static void Run(Simulation simulation, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            Assert.That(simulation.Step(), Is.EqualTo(StepStatus.Ok));
        }
    }
}
