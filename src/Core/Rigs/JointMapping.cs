using HilRig.Core.Joints;

namespace HilRig.Core.Rigs;

/// <summary>A joint and the actuators that move it. SI units of the joint's kind.</summary>
public sealed record JointMapping
{
    /// <summary>Full name, namespace included.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the joint in the model.</summary>
    public required string ModelJoint { get; init; }

    /// <summary>Revolute or prismatic.</summary>
    public required JointKind Kind { get; init; }

    /// <summary>Where the mechanics end, rad or m.</summary>
    public required ValueRange HardLimits { get; init; }

    /// <summary>Where commands must stay, rad or m; inside the hard limits.</summary>
    public required ValueRange SoftLimits { get; init; }

    /// <summary>Fastest commanded speed, rad/s or m/s.</summary>
    public required double VelocityMax { get; init; }

    /// <summary>Largest effort, N·m or N.</summary>
    public required double EffortMax { get; init; }

    /// <summary>Largest difference between the goal and the measured position, rad or m.</summary>
    public required double StepMax { get; init; }

    /// <summary>How actuator angle becomes joint position; null: they are the same.</summary>
    public TransmissionLaw? Transmission { get; init; }

    /// <summary>
    /// One or more actuators; several on one joint get the same goal. None where a controller
    /// drives the joint.
    /// </summary>
    public required IReadOnlyList<ActuatorMapping> Actuators { get; init; }

    /// <summary>The joint as a plant describes it, with its soft limits.</summary>
    public JointDescription Describe() => new(
        Name, Kind, new JointLimits(SoftLimits.Min, SoftLimits.Max, VelocityMax, EffortMax));
}

/// <summary>One servo on one bus.</summary>
public sealed record ActuatorMapping
{
    /// <summary>Bus name.</summary>
    public required string Bus { get; init; }

    /// <summary>Bus id of the servo.</summary>
    public required byte Id { get; init; }

    /// <summary>Register table, such as "sts3215".</summary>
    public required string Model { get; init; }

    /// <summary>
    /// +1 or -1: which way counts grow when the joint moves in its positive direction.
    /// </summary>
    public required int Sign { get; init; }

    /// <summary>Counts at joint position zero.</summary>
    public required int ZeroTicks { get; init; }

    /// <summary>Counts per radian of the actuator's shaft; 4096/2π on an STS3215.</summary>
    public required double TicksPerRadian { get; init; }

    /// <summary>Firmware gains and limits to write and read back, by register name.</summary>
    public required IReadOnlyDictionary<string, int> Registers { get; init; }
}

/// <summary>
/// Joint position as a function of the actuator's angle: position = offset + ratio · angle. A
/// gripper in metres has its jaw travel per radian here.
/// </summary>
/// <param name="Ratio">Joint units per radian of the actuator.</param>
/// <param name="Offset">Joint position at actuator angle zero.</param>
public sealed record TransmissionLaw(double Ratio, double Offset);
