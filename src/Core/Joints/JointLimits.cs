namespace HilRig.Core.Joints;

/// <summary>What a joint may be commanded to do. SI units of its <see cref="JointKind"/>.</summary>
/// <param name="PositionMin">Lowest position a command may ask for.</param>
/// <param name="PositionMax">Highest position a command may ask for.</param>
/// <param name="VelocityMax">Fastest change of the commanded position, per second.</param>
/// <param name="EffortMax">Largest effort the actuator may be asked to hold.</param>
public readonly record struct JointLimits(
    double PositionMin, double PositionMax, double VelocityMax, double EffortMax);
