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
}
