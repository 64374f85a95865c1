namespace HilRig.Core.Units;

/// <summary>What a number measures, and so which units fit and which SI unit comes out.</summary>
public enum Dimension
{
    /// <summary>A fraction; "%" or no unit. SI: 1.</summary>
    Ratio,

    /// <summary>Angle. SI: rad.</summary>
    Angle,

    /// <summary>Length. SI: m.</summary>
    Length,

    /// <summary>Duration. SI: s.</summary>
    Time,

    /// <summary>Events a second. SI: Hz.</summary>
    Frequency,

    /// <summary>Speed of rotation. SI: rad/s.</summary>
    AngularVelocity,

    /// <summary>Speed along a line. SI: m/s.</summary>
    Velocity,

    /// <summary>Torque. SI: N·m.</summary>
    Torque,

    /// <summary>Force. SI: N.</summary>
    Force,

    /// <summary>Mass. SI: kg.</summary>
    Mass,

    /// <summary>Moment of inertia. SI: kg·m².</summary>
    Inertia,

    /// <summary>Electric potential. SI: V.</summary>
    Voltage,

    /// <summary>Electric current. SI: A.</summary>
    Current,

    /// <summary>Temperature. The one exception from SI: °C, as servos report it.</summary>
    Temperature,
}
