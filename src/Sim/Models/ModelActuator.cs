namespace HilRig.Sim.Models;

/// <summary>
/// An actuator on one joint: force = Gain · control + Bias0 + Bias1 · length + Bias2 · velocity,
/// with length = Gear · joint position; the joint feels Gear · force. SI units.
/// </summary>
public sealed record ModelActuator
{
    /// <summary>Name; empty when the file gives none.</summary>
    public required string Name { get; init; }

    /// <summary>MJCF element it was made from: motor, position, velocity or general.</summary>
    public required string Kind { get; init; }

    /// <summary>Joint that it moves.</summary>
    public required int Joint { get; init; }

    /// <summary>Transmission ratio, actuator length per joint position.</summary>
    public required double Gear { get; init; }

    /// <summary>Force per control.</summary>
    public required double Gain { get; init; }

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

    /// <summary>
    /// Whether the control is a joint position: a position servo or its general equal.
    /// </summary>
    public bool IsPositionServo => Gain != 0 && Gain == -Bias1;
}
