namespace HilRig.Bridge.Isaac.Messages;

/// <summary>
/// Where a camera is and how it projects. Arrays are empty when Isaac left them out.
/// </summary>
/// <param name="ViewMatrix">
/// World to camera, column vectors, rows one after the other; ROS optical axes (x right, y down, z
/// forward). Shape [4, 4].
/// </param>
/// <param name="Scale">
/// Scale of the world's axes; depth times 1 / Scale[0] is in metres. Shape [3].
/// </param>
/// <param name="Intrinsics">
/// fx 0 cx, 0 fy cy, 0 0 1, pixels. Empty for lenses that are no pinhole. Shape [3, 3].
/// </param>
public sealed record IsaacCamera(
    IReadOnlyList<double> ViewMatrix,
    IReadOnlyList<double> Scale,
    IReadOnlyList<double> Intrinsics)
{
    /// <summary>A camera of which nothing is known.</summary>
    public static IsaacCamera Unknown { get; } = new([], [], []);
}
