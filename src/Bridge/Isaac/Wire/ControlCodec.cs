using HilRig.Bridge.Isaac.Messages;
using HilRig.Bridge.Isaac.Protos;

namespace HilRig.Bridge.Isaac.Wire;

/// <summary>Commands of the first generation; every field is set, so that none defaults.</summary>
internal static class ControlCodec
{
    /// <summary>A camera command.</summary>
    /// <param name="command">What to send.</param>
    public static ServerControlMessage Of(IsaacCameraCommand command) => new()
    {
        CameraControlCommand = new CameraControlCommand
        {
            JointsVel = Vector(command.Velocity),
            FocalLength = command.FocalLength,
        },
    };

    /// <summary>A settings command.</summary>
    /// <param name="adaptiveRate">Whether Isaac may adapt its frame rate.</param>
    public static ServerControlMessage OfSettings(bool adaptiveRate) => new()
    {
        SettingsCommand = new SettingsCommand { AdaptiveRate = adaptiveRate },
    };

    /// <summary>A goal of the effector.</summary>
    /// <param name="command">What to send.</param>
    public static ServerControlMessage Of(IsaacEffectorCommand command) => new()
    {
        FrankaCommand = new FrankaCommand
        {
            EffectorPos = Vector(command.Position),
            ShowMarker = command.ShowMarker,
        },
    };

    private static Vector3 Vector(IReadOnlyList<double> values) =>
        new() { X = values[0], Y = values[1], Z = values[2] };
}
