namespace HilRig.Sim.Models;

/// <summary>
/// An actuator: force = (Gain + Gain1 · length + Gain2 · velocity) · (activation or control)
/// + Bias0 + Bias1 · length + Bias2 · velocity. SI units.
/// </summary>
public sealed record ModelActuator
{
    /// <summary>Name; empty when the file gives none.</summary>
    public required string Name { get; init; }

    /// <summary>MJCF element it was made from: motor, position, velocity…</summary>
    public required string Kind { get; init; }

    /// <summary>What it pulls at.</summary>
    public TransmissionKind Transmission { get; init; } = TransmissionKind.Joint;

    /// <summary>Index of the joint, tendon or site that it pulls at.</summary>
    public required int Target { get; init; }

    /// <summary>
    /// Gear: first number of a scalar transmission; force and torque else. Shape [6].
    /// </summary>
    public required IReadOnlyList<double> GearVector { get; init; }

    /// <summary>How the activation follows the control.</summary>
    public ActuatorDynamics Dynamics { get; init; } = ActuatorDynamics.None;

    /// <summary>Time constant of a filter, s.</summary>
    public double TimeConstant { get; init; } = 1;

    /// <summary>Place of its activation in the activation vector, or -1.</summary>
    public int ActivationAddress { get; init; } = -1;

    /// <summary>Lowest activation; -infinity when not limited.</summary>
    public double ActivationMin { get; init; } = double.NegativeInfinity;

    /// <summary>Highest activation; +infinity when not limited.</summary>
    public double ActivationMax { get; init; } = double.PositiveInfinity;

    /// <summary>Whether the force uses the activation at the end of the step (actearly).</summary>
    public bool ActivationEarly { get; init; }

    /// <summary>Force per control.</summary>
    public required double Gain { get; init; }

    /// <summary>Force per control and length.</summary>
    public double Gain1 { get; init; }

    /// <summary>Force per control and velocity.</summary>
    public double Gain2 { get; init; }

    /// <summary>Constant force.</summary>
    public required double Bias0 { get; init; }

    /// <summary>Force per length; -kp of a position servo.</summary>
    public required double Bias1 { get; init; }

    /// <summary>Force per velocity; -kv of a servo.</summary>
    public required double Bias2 { get; init; }

    /// <summary>Lowest control; -infinity when not limited.</summary>
    public required double ControlMin { get; init; }

    /// <summary>Highest control; +infinity when not limited.</summary>
    public required double ControlMax { get; init; }

    /// <summary>Lowest force; -infinity when not limited.</summary>
    public required double ForceMin { get; init; }

    /// <summary>Highest force; +infinity when not limited.</summary>
    public required double ForceMax { get; init; }

    /// <summary>Group for display and switches.</summary>
    public int Group { get; init; }

    /// <summary>Joint that it moves, or -1 when it moves none alone.</summary>
    public int Joint =>
        Transmission is TransmissionKind.Joint or TransmissionKind.JointInParent ? Target : -1;

    /// <summary>Transmission ratio of a scalar transmission, length per position.</summary>
    public double Gear => GearVector[0];

    /// <summary>
    /// Whether the control is a joint position: a position servo or its general equal.
    /// </summary>
    public bool IsPositionServo => Joint >= 0 && Dynamics == ActuatorDynamics.None
        && Gain != 0 && Gain == -Bias1;
}
