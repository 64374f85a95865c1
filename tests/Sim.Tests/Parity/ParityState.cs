namespace HilRig.Sim.Tests.Parity;

/// <summary>One random state and what MuJoCo makes of it.</summary>
internal sealed class ParityState
{
    public required double[] Position { get; init; }

    public required double[] Velocity { get; init; }

    public required double[] Control { get; init; }

    /// <summary>Number of constraint rows that give a force.</summary>
    public required int ActiveRowCount { get; init; }

    public required double[] MassMatrix { get; init; }

    public required double[] Bias { get; init; }

    public required double[] Acceleration { get; init; }

    public required double[] NextPosition { get; init; }

    public required double[] NextVelocity { get; init; }
}
