using HilRig.Sim.Models;

namespace HilRig.Sim.Tests.Parity;

/// <summary>Runs a fixture through the simulator and measures how far it is from MuJoCo.</summary>
internal static class ParityComparison
{
    public static ParityErrors Run(Model model, ParityFixture fixture)
    {
        var errors = new ParityErrors { Constants = CompareConstants(model, fixture) };
        var simulation = new Simulation(model);
        for (int index = 0; index < fixture.StateCount; index++)
        {
            CompareState(simulation, fixture.State(index), errors);
        }

        for (int index = 0; index < fixture.StepCount; index++)
        {
            errors.Resync = Math.Max(errors.Resync, CompareStep(simulation, fixture, index));
        }

        return errors;
    }

    private static double CompareConstants(Model model, ParityFixture fixture)
    {
        int n = model.DofCount;
        double[] inertia =
        [
            .. model.Bodies.SelectMany(body => (double[])
            [
                body.Inertia.XX, body.Inertia.YY, body.Inertia.ZZ,
                body.Inertia.XY, body.Inertia.XZ, body.Inertia.YZ,
            ]),
        ];
        double[] center =
        [
            .. model.Bodies.Select(body => body.CenterOfMass).SelectMany(
                center => (double[])[center.X, center.Y, center.Z]),
        ];
        ModelActuator[] actuators = [.. model.Actuators];
        double[] bias =
        [
            .. actuators.Select(a => a.Bias0), .. actuators.Select(a => a.Bias1),
            .. actuators.Select(a => a.Bias2),
        ];
        double[] control =
        [
            .. actuators.SelectMany(a => (double[])
            [
                double.IsInfinity(a.ControlMin) ? 0 : a.ControlMin,
                double.IsInfinity(a.ControlMax) ? 0 : a.ControlMax,
            ]),
        ];
        Assert.That(model.DofCount, Is.EqualTo(fixture.DofCount));
        Assert.That(model.Actuators, Has.Count.EqualTo(fixture.ActuatorCount));
        Assert.That(model.Options.TimeStep, Is.EqualTo(fixture.TimeStep));
        double[] mass = [.. model.Bodies.Select(body => body.Mass)];
        double[] reference = [.. model.Joints.Select(joint => joint.Reference)];
        double worst = 0;
        worst = Math.Max(worst, Relative(mass, fixture.Constant("mass")));
        worst = Math.Max(worst, Relative(center, fixture.Constant("center")));
        worst = Math.Max(worst, Relative(inertia, fixture.Constant("inertia")));
        worst = Math.Max(worst, Relative(reference, fixture.Constant("reference")));
        worst = Math.Max(
            worst, Relative([.. model.ReferenceMassMatrix], fixture.Constant("massMatrix")));
        worst = Math.Max(
            worst, Relative([.. model.InverseWeight], fixture.Constant("inverseWeight")));
        worst = Math.Max(
            worst, Relative([.. actuators.Select(a => a.Gain)], fixture.Constant("gain")));
        worst = Math.Max(worst, Relative(bias, fixture.Constant("bias")));
        worst = Math.Max(worst, Relative(control, fixture.Constant("control")));
        Assert.That(n * n, Is.EqualTo(model.ReferenceMassMatrix.Count));
        return worst;
    }

    private static void CompareState(
        Simulation simulation, ParityState state, ParityErrors errors)
    {
        Load(simulation, state.Position, state.Velocity, state.Control);
        StepStatus status = simulation.Step();
        Assert.That(status, Is.EqualTo(StepStatus.Ok));
        int n = simulation.Model.DofCount;
        double[] mass = new double[n * n];
        for (int i = 0; i < n * n; i++)
        {
            mass[i] = simulation.MassMatrix(i / n, i % n);
        }

        errors.MassMatrix = Math.Max(errors.MassMatrix, Relative(mass, state.MassMatrix));
        errors.Bias = Math.Max(errors.Bias, Relative(simulation.Bias.ToArray(), state.Bias));
        double acceleration = Relative(simulation.Acceleration.ToArray(), state.Acceleration);
        double next = NextError(
            simulation, state.NextPosition, state.NextVelocity, state.Acceleration);
        if (state.ActiveRowCount > 0)
        {
            errors.StatesWithRows++;
            errors.RowAcceleration = Math.Max(errors.RowAcceleration, acceleration);
            errors.RowNextState = Math.Max(errors.RowNextState, next);
        }
        else
        {
            errors.FreeAcceleration = Math.Max(errors.FreeAcceleration, acceleration);
            errors.FreeNextState = Math.Max(errors.FreeNextState, next);
        }
    }

    private static double CompareStep(Simulation simulation, ParityFixture fixture, int index)
    {
        var step = fixture.Step(index);
        Load(simulation, step.Position, step.Velocity, step.Control);
        Assert.That(simulation.Step(), Is.EqualTo(StepStatus.Ok));
        return NextError(
            simulation, step.NextPosition, step.NextVelocity, simulation.Acceleration.ToArray());
    }

    private static void Load(
        Simulation simulation, double[] position, double[] velocity, double[] control)
    {
        position.CopyTo(simulation.Position);
        velocity.CopyTo(simulation.Velocity);
        control.CopyTo(simulation.Control);
    }

    // Velocity error over the largest velocity or one step of the largest acceleration, whichever
    // is larger; position error likewise.
    private static double NextError(
        Simulation simulation, double[] position, double[] velocity, double[] acceleration)
    {
        double gained = simulation.TimeStep * Largest(acceleration);
        double speed = Math.Max(Largest(velocity), gained);
        double reach = Math.Max(Largest(position), simulation.TimeStep * speed);
        double worst = 0;
        for (int dof = 0; dof < position.Length; dof++)
        {
            double v = Math.Abs(simulation.Velocity[dof] - velocity[dof]) / speed;
            double q = Math.Abs(simulation.Position[dof] - position[dof]) / reach;
            worst = Math.Max(worst, Math.Max(v, q));
        }

        return worst;
    }

    // Largest error over the largest expected value: NaN stays NaN.
    private static double Relative(double[] actual, double[] expected)
    {
        Assert.That(actual, Has.Length.EqualTo(expected.Length));
        double scale = Math.Max(Largest(expected), 1e-300);
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(actual[i] - expected[i]) / scale);
        }

        return worst;
    }

    private static double Largest(double[] values)
    {
        double largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
