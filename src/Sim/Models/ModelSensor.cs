namespace HilRig.Sim.Models;

/// <summary>A sensor. SI units.</summary>
public sealed record ModelSensor
{
    /// <summary>Name; empty when the file gives none.</summary>
    public required string Name { get; init; }

    /// <summary>What it measures.</summary>
    public required SensorKind Kind { get; init; }

    /// <summary>
    /// Index of the joint, tendon, actuator, site, body or framed object that it measures.
    /// </summary>
    public required int Target { get; init; }

    /// <summary>What the target of a frame sensor is.</summary>
    public FrameKind Frame { get; init; } = FrameKind.None;

    /// <summary>What the frame is measured against.</summary>
    public FrameKind ReferenceFrame { get; init; } = FrameKind.None;

    /// <summary>Index of the reference, or -1 for the world.</summary>
    public int Reference { get; init; } = -1;

    /// <summary>Largest absolute value; 0 for none. Positive sensors are cut at it.</summary>
    public double Cutoff { get; init; }

    /// <summary>First of its numbers in the sensor vector.</summary>
    public required int Address { get; init; }

    /// <summary>How many numbers it gives.</summary>
    public required int Dimension { get; init; }
}
