using HilRig.Sim.Models;

namespace HilRig.Sim.Tests.Parity;

/// <summary>
/// G7: many drops without resync. Through contact two trajectories part in time; their means over
/// the drops must not.
/// </summary>
internal static class DropMeasures
{
    public static readonly IReadOnlyList<string> Names =
        ["condim-pyramidal", "condim-elliptic", "arm-box"];

    public static Errors Compare(Model model, ParityFixture fixture)
    {
        var subject = new Subject(model);
        List<ParityDrop> drops =
            [.. fixture.Drops.Select(drop => Run(subject, model, drop.Start, fixture.DropSteps))];
        var errors = new Errors();
        void Add(string name, Func<ParityDrop, double> number)
        {
            double expected = fixture.Drops.Average(number);
            errors.Add(name, Math.Abs((drops.Average(number) / expected) - 1));
        }

        Add("height", drop => drop.Height);
        Add("depth", drop => drop.Depth);
        Add("impulse", drop => drop.Impulse);
        Add("energy", drop => drop.Energy);
        return errors;
    }

    private static ParityDrop Run(Subject subject, Model model, SimState start, int steps)
    {
        Simulation simulation = subject.Simulation;
        ModelJoint[] free = [.. model.Joints.Where(joint => joint.Type == JointType.Free)];
        subject.Load(start);
        double impulse = 0;
        double energy = 0;
        double depth = 0;
        for (int step = 0; step < steps; step++)
        {
            if (step == ParityDrop.Middle)
            {
                subject.Forward();
                energy = Kinetic(subject.MassMatrix, simulation.Velocity);
            }

            subject.Step();
            impulse += simulation.TimeStep
                * free.Sum(joint => simulation.ConstraintForce[joint.DofAddress + 2]);
            depth = SubjectContacts.Read(simulation)
                .Select(contact => contact.Distance)
                .Append(0)
                .Min();
        }

        return new ParityDrop(
            start,
            free.Average(joint => simulation.Position[joint.PositionAddress + 2]),
            depth,
            impulse,
            energy);
    }

    private static double Kinetic(double[] mass, ReadOnlySpan<double> velocity)
    {
        double twice = 0;
        for (int i = 0; i < mass.Length; i++)
        {
            twice += velocity[i / velocity.Length] * mass[i] * velocity[i % velocity.Length];
        }

        return twice / 2;
    }
}
