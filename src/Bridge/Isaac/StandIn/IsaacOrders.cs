namespace HilRig.Bridge.Isaac.StandIn;

/// <summary>
/// What the commands of one frame tick amount to, as Isaac's own handlers take them; null where no
/// message came.
/// </summary>
/// <param name="CameraVelocity">Velocities of the mount's joints, rad/s. Shape [3].</param>
/// <param name="FocalLength">Focal length; 0 when the command left it out.</param>
/// <param name="EffectorGoal">Goal of the effector, m; 0, 0, 0 when it was left out.</param>
/// <param name="AdaptiveRate">The setting, when it has an effect.</param>
public readonly record struct IsaacOrders(
    IReadOnlyList<double>? CameraVelocity,
    double? FocalLength,
    IReadOnlyList<double>? EffectorGoal,
    bool? AdaptiveRate);
