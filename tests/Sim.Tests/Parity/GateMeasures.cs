using HilRig.Sim.Models;

namespace HilRig.Sim.Tests.Parity;

/// <summary>Measures what each gate limits: its largest errors by name.</summary>
internal static class GateMeasures
{
    /// <summary>G2: kinematics and smooth forces of random states.</summary>
    public static Errors Smooth(Model model, ParityFixture fixture)
    {
        var errors = new Errors();
        var subject = new Subject(model);
        foreach (ParityState state in fixture.States)
        {
            subject.Load(state.Start);
            subject.Forward();
            errors.Add("M", Distance.Relative(subject.MassMatrix, state.MassMatrix));
            errors.Add("bias", Distance.Relative(subject.Simulation.Bias, state.Bias));
            errors.Add("xpos", Distance.Relative(subject.BodyPosition, state.BodyPosition));
            errors.Add("xquat", Distance.Scaled(
                subject.BodyRotation, [.. Rotations(state.BodyOrientation)], 1));
            errors.Add("force", Distance.Relative(
                subject.Simulation.ActuatorJointForce, state.ActuatorJointForce));
            errors.Add("qacc_smooth", Distance.Relative(
                subject.SmoothAcceleration, state.SmoothAcceleration));
        }

        return errors;
    }

    /// <summary>G3: contacts and rows of random states.</summary>
    public static Errors Rows(Model model, ParityFixture fixture)
    {
        var errors = new Errors();
        var subject = new Subject(model);
        foreach (ParityState state in fixture.States)
        {
            subject.Load(state.Start);
            subject.Forward();
            RowMeasures.Compare(
                errors,
                SubjectContacts.Read(subject.Simulation),
                SubjectRows.Read(subject.Simulation),
                state);
        }

        return errors;
    }

    /// <summary>G4: the constraint solve of random states, and the step after it.</summary>
    public static Errors Solve(Model model, ParityFixture fixture)
    {
        var errors = new Errors();
        var subject = new Subject(model);
        foreach (ParityState state in fixture.States)
        {
            subject.Load(state.Start);
            subject.Forward();
            errors.Add(
                "qacc", Distance.Relative(subject.Simulation.Acceleration, state.Acceleration));
            errors.Add("cost", CostError(state, subject.Simulation.Acceleration));
            subject.Step();
            errors.Add(
                "next",
                Distance.Next(subject.State, state.Next, state.Acceleration, fixture.TimeStep));
        }

        return errors;
    }

    /// <summary>G5: steps of a rollout, each from MuJoCo's state.</summary>
    public static Errors Resync(Model model, ParityFixture fixture)
    {
        var errors = new Errors();
        var subject = new Subject(model);
        for (int step = 0; step + 1 < fixture.Rollout.Count; step++)
        {
            subject.Load(fixture.Rollout[step]);
            subject.Step();
            errors.Add("next", After(subject, fixture.Rollout[step + 1]));
        }

        return errors;
    }

    /// <summary>G6: a run of 1 ms steps without contact, never brought back.</summary>
    public static Errors FreeRun(Model model, ParityFixture fixture)
    {
        var errors = new Errors();
        ModelOptions options = model.Options with { ContactEnabled = false };
        var subject = new Subject(model with { Options = options });
        subject.Simulation.TimeStep = 0.001;
        subject.Load(fixture.FreeRun[0]);
        for (int mark = 1; mark < fixture.FreeRun.Count; mark++)
        {
            fixture.FreeRun[mark - 1].Control.CopyTo(subject.Simulation.Control);
            for (int step = 0; step < fixture.FreeEvery; step++)
            {
                subject.Step();
            }

            errors.Add("state", After(subject, fixture.FreeRun[mark]));
        }

        return errors;
    }

    /// <summary>G7: 50 steps of the rollout, never brought back.</summary>
    public static Errors ContactRun(Model model, ParityFixture fixture)
    {
        var errors = new Errors();
        var subject = new Subject(model);
        subject.Load(fixture.Rollout[0]);
        for (int step = 0; step < 50; step++)
        {
            fixture.Rollout[step].Control.CopyTo(subject.Simulation.Control);
            subject.Step();
            errors.Add("state", After(subject, fixture.Rollout[step + 1]));
        }

        return errors;
    }

    private static IEnumerable<double> Rotations(double[] quaternions) =>
        quaternions.Chunk(4).SelectMany(q => (double[])
        [
            1 - (2 * ((q[2] * q[2]) + (q[3] * q[3]))),
            2 * ((q[1] * q[2]) - (q[0] * q[3])),
            2 * ((q[1] * q[3]) + (q[0] * q[2])),
            2 * ((q[1] * q[2]) + (q[0] * q[3])),
            1 - (2 * ((q[1] * q[1]) + (q[3] * q[3]))),
            2 * ((q[2] * q[3]) - (q[0] * q[1])),
            2 * ((q[1] * q[3]) - (q[0] * q[2])),
            2 * ((q[2] * q[3]) + (q[0] * q[1])),
            1 - (2 * ((q[1] * q[1]) + (q[2] * q[2]))),
        ]);

    // How much more MuJoCo's cost is at our solution than at its own; no rows, no cost.
    private static double CostError(ParityState state, ReadOnlySpan<double> acceleration)
    {
        double least = ConstraintCost.Of(state, state.Acceleration);
        return state.Rows.Any(row => row.Force != 0)
            ? Math.Abs(ConstraintCost.Of(state, acceleration) - least) / least
            : 0;
    }

    private static double After(Subject subject, SimState expected) => Distance.Next(
        subject.State, expected, subject.Simulation.Acceleration, subject.Simulation.TimeStep);
}
