using HilRig.Bridge.Isaac.Protos;

namespace HilRig.Bridge.Isaac.StandIn;

/// <summary>
/// Commands as Isaac's handlers read them: without a look at which one was sent. A message of
/// another type reads as the default, all zeros.
/// </summary>
internal static class DefaultedCommands
{
    /// <summary>The camera command, or one of zeros.</summary>
    public static CameraControlCommand CameraControlCommandOrDefault(
        this ServerControlMessage message) => message.CameraControlCommand ?? new();

    /// <summary>The settings, or those of zeros.</summary>
    public static SettingsCommand SettingsCommandOrDefault(this ServerControlMessage message) =>
        message.SettingsCommand ?? new();

    /// <summary>The effector's goal, or the origin.</summary>
    public static FrankaCommand FrankaCommandOrDefault(this ServerControlMessage message) =>
        message.FrankaCommand ?? new();
}
