namespace HilRig.Sim.Tests.Parity;

/// <summary>One random state and what MuJoCo makes of it.</summary>
internal sealed record ParityState
{
    public required SimState Start { get; init; }

    public double[] Position => Start.Position;

    public double[] Velocity => Start.Velocity;

    public double[] Control => Start.Control;

    public double[] NextPosition => Next.Position;

    public double[] NextVelocity => Next.Velocity;

    /// <summary>Shape [body, 3].</summary>
    public required double[] BodyPosition { get; init; }

    /// <summary>Shape [body, 4].</summary>
    public required double[] BodyOrientation { get; init; }

    /// <summary>Shape [dof, dof].</summary>
    public required double[] MassMatrix { get; init; }

    public required double[] Bias { get; init; }

    public required double[] Passive { get; init; }

    public required double[] ActuatorJointForce { get; init; }

    public required double[] ActuatorForce { get; init; }

    public required double[] SmoothAcceleration { get; init; }

    public required double[] Sensors { get; init; }

    public required ParityContact[] Contacts { get; init; }

    public required ParityRow[] Rows { get; init; }

    public required double[] Acceleration { get; init; }

    /// <summary>One step later.</summary>
    public required SimState Next { get; init; }

    /// <summary>Reads the results of a state and the state one step later.</summary>
    public static ParityState Read(
        FixtureStream stream, ParityFixture fixture, SimState start, bool withSensors)
    {
        int dofs = fixture.DofCount;
        return new ParityState
        {
            Start = start,
            BodyPosition = stream.Take(3 * fixture.BodyCount),
            BodyOrientation = stream.Take(4 * fixture.BodyCount),
            MassMatrix = stream.Take(dofs * dofs),
            Bias = stream.Take(dofs),
            Passive = stream.Take(dofs),
            ActuatorJointForce = stream.Take(dofs),
            ActuatorForce = stream.Take(fixture.ActuatorCount),
            SmoothAcceleration = stream.Take(dofs),
            Sensors = stream.Take(withSensors ? fixture.SensorCount : 0),
            Contacts = Many(stream, ParityContact.Read),
            Rows = Many(stream, rest => ParityRow.Read(rest, dofs)),
            Acceleration = stream.Take(dofs),
            Next = fixture.ReadState(stream, start.Control),
        };
    }

    private static TItem[] Many<TItem>(FixtureStream stream, Func<FixtureStream, TItem> read)
    {
        var items = new TItem[stream.Count()];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = read(stream);
        }

        return items;
    }
}
