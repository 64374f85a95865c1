using CsCheck;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests;

/// <summary>Laws that hold without another simulator.</summary>
internal sealed class SimulationTests
{
    private static Model Arm7 => MjcfLoader.Load(Path.Combine(TestFiles.FixtureModels, "arm7.xml"));

    private static Model TwoLink =>
        MjcfLoader.Load(Path.Combine(TestFiles.FixtureModels, "two-link.xml"));

    [Test]
    public void Energy_is_kept_without_damping_to_first_order_of_the_step()
    {
        double coarse = EnergyDrift(0.001);
        double fine = EnergyDrift(0.0005);
        Assert.That(coarse / fine, Is.EqualTo(2).Within(0.2));
    }

    [Test]
    public void A_pendulum_swings_with_the_period_of_a_pendulum()
    {
        // T = 2π √(I / m g l) for small swings: I = 0.001 + 0.5 · 0.01, m g l = 0.5 · 9.81 · 0.1.
        Model model = ModelFile.Load(ModelFile.OneHinge(beside: "<option timestep='0.0001'/>"));
        var simulation = new Simulation(model);
        simulation.Position[0] = 0.01;
        int steps = 0;
        while (simulation.Position[0] > 0)
        {
            Assert.That(simulation.Step(), Is.EqualTo(StepStatus.Ok));
            steps++;
        }

        double quarter = 0.5 * Math.PI * Math.Sqrt(0.006 / (0.5 * 9.81 * 0.1));
        Assert.That(steps * 0.0001, Is.EqualTo(quarter).Within(0.0003));
    }

    [Test]
    public void Soft_friction_creeps_below_its_force_and_slips_above()
    {
        // Creep: force = D B q̇, with D = d / (1 - d) · inertia and B = 2 / (dwidth · time
        // constant).
        Model model = ModelFile.Load(ModelFile.OneHinge(
            joint: "frictionloss='0.3'", beside: "<option gravity='0 0 0'/>"));
        double creep = 0.29 / (0.9 / 0.1 * 0.006 * 2 / (0.95 * 0.02));
        Assert.That(SpeedAfter(model, 0.29), Is.EqualTo(creep).Within(1e-6));
        Assert.That(SpeedAfter(model, 0.40), Is.EqualTo(0.2 * 0.1 / 0.006).Within(0.1));
    }

    [Test]
    public void A_limit_stops_the_joint()
    {
        Model model = ModelFile.Load(ModelFile.OneHinge(joint: "range='-0.5 0.5' damping='0.01'"));
        var simulation = new Simulation(model);
        simulation.AppliedForce[0] = 2;
        for (int step = 0; step < 2000; step++)
        {
            simulation.Step();
        }

        Assert.That(simulation.Position[0], Is.EqualTo(0.5).Within(0.02));
        Assert.That(simulation.Velocity[0], Is.EqualTo(0).Within(1e-6));
        Assert.That(simulation.ConstraintForce[0], Is.LessThan(-1));
    }

    [Test]
    public void The_mass_matrix_is_positive_and_the_equation_of_motion_holds()
    {
        var simulation = new Simulation(Arm7);
        int n = simulation.Model.DofCount;
        Gen.Double[-2, 2].Array[2 * n].Sample(
            numbers =>
            {
                numbers.AsSpan(0, n).CopyTo(simulation.Position);
                numbers.AsSpan(n).CopyTo(simulation.Velocity);
                StepStatus status = simulation.Forward();
                return status == StepStatus.Ok && Residual(simulation) < 1e-11;
            },
            iter: 200,
            threads: 1);
    }

    [Test]
    public void The_same_inputs_give_the_same_bits_whatever_ran_before()
    {
        var fresh = new Simulation(Arm7);
        var used = new Simulation(Arm7);
        used.Position.Fill(0.7);
        used.Velocity.Fill(-3);
        used.Control.Fill(1);
        used.Step();
        used.Reset();
        for (int step = 0; step < 200; step++)
        {
            fresh.Control.Fill(0.01 * step);
            used.Control.Fill(0.01 * step);
            fresh.Step();
            used.Step();
        }

        Assert.That(used.Position.ToArray(), Is.EqualTo(fresh.Position.ToArray()));
        Assert.That(used.Velocity.ToArray(), Is.EqualTo(fresh.Velocity.ToArray()));
    }

    [Test]
    public void A_step_allocates_nothing()
    {
        var simulation = new Simulation(
            MjcfLoader.Load(Path.Combine(TestFiles.ShippedModels, "so101.xml")));
        simulation.Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 1000; step++)
        {
            simulation.TimeStep = step % 2 == 0 ? 0.001 : 0.002;
            simulation.Step();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void A_state_that_is_not_finite_is_reported()
    {
        var simulation = new Simulation(TwoLink);
        simulation.Velocity[0] = double.NaN;
        Assert.That(simulation.Step(), Is.EqualTo(StepStatus.NotFinite));
        simulation.Reset();
        Assert.That(simulation.Step(), Is.EqualTo(StepStatus.Ok));
    }

    [Test]
    public void An_actuator_that_is_off_gives_no_force_even_with_a_bad_control()
    {
        Model model = ModelFile.Load(ModelFile.OneHinge(
            beside: "<actuator><position joint='j' kp='8' kv='1'/></actuator>"));
        var simulation = new Simulation(model);
        simulation.Position[0] = 1;
        simulation.SetActuatorEnabled(0, false);
        simulation.Forward();
        Assert.That(simulation.ActuatorJointForce[0], Is.Zero);
        simulation.SetActuatorEnabled(0, true);
        simulation.Forward();
        Assert.That(simulation.ActuatorJointForce[0], Is.EqualTo(-8));
    }

    [Test]
    public void A_longer_step_softens_a_limit_that_would_be_too_stiff_for_it()
    {
        Model model = ModelFile.Load(ModelFile.OneHinge(
            joint: "range='-0.5 0.5' solreflimit='0.002 1'",
            beside: "<option timestep='0.0005' gravity='0 0 0'/>"));
        var simulation = new Simulation(model);
        simulation.Position[0] = 0.52;
        simulation.Forward();
        double stiff = simulation.Acceleration[0];
        simulation.TimeStep = 0.004;
        simulation.Forward();
        Assert.That(simulation.Acceleration[0] / stiff, Is.EqualTo(1.0 / 16).Within(1e-9));
    }

    private static double SpeedAfter(Model model, double force)
    {
        var simulation = new Simulation(model);
        simulation.AppliedForce[0] = force;
        for (int step = 0; step < 100; step++)
        {
            simulation.Step();
        }

        return simulation.Velocity[0];
    }

    private static double EnergyDrift(double timeStep)
    {
        var simulation = new Simulation(TwoLink) { TimeStep = timeStep };
        simulation.Position[0] = 1;
        simulation.Position[1] = 0.5;
        double work = 0;
        int steps = (int)Math.Round(0.5 / timeStep);
        for (int step = 0; step < steps; step++)
        {
            work = Work(simulation, work);
        }

        simulation.Forward();
        return Math.Abs(Kinetic(simulation) - work);
    }

    // Kinetic energy must equal the work of gravity: the power of the gravity part of the bias.
    private static double Work(Simulation simulation, double sum)
    {
        double[] velocity = simulation.Velocity.ToArray();
        simulation.Velocity.Clear();
        simulation.Forward();
        double[] gravity = simulation.Bias.ToArray();
        velocity.CopyTo(simulation.Velocity);
        simulation.Step();
        for (int dof = 0; dof < velocity.Length; dof++)
        {
            double mean = 0.5 * (velocity[dof] + simulation.Velocity[dof]);
            sum -= gravity[dof] * mean * simulation.TimeStep;
        }

        return sum;
    }

    private static double Kinetic(Simulation simulation)
    {
        double energy = 0;
        int n = simulation.Model.DofCount;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                energy += 0.5 * simulation.Velocity[i] * simulation.MassMatrix(i, j)
                    * simulation.Velocity[j];
            }
        }

        return energy;
    }

    // M a + bias = damping + actuators + constraints, relative to the largest force.
    private static double Residual(Simulation simulation)
    {
        double worst = 0;
        double scale = 0;
        for (int i = 0; i < simulation.Model.DofCount; i++)
        {
            double force = simulation.ActuatorJointForce[i] + simulation.ConstraintForce[i]
                - (simulation.Model.Joints[i].Damping * simulation.Velocity[i])
                - simulation.Bias[i];
            double inertial = 0;
            for (int j = 0; j < simulation.Model.DofCount; j++)
            {
                inertial += simulation.MassMatrix(i, j) * simulation.Acceleration[j];
                scale = Math.Max(scale, Math.Abs(inertial));
            }

            worst = Math.Max(worst, Math.Abs(inertial - force));
        }

        return worst / scale;
    }
}
