using HilRig.Sim.Spatial;

namespace HilRig.Sim.Rendering;

/// <summary>
/// A pinhole camera. Optical axes: x right, y down, z forward; the principal point is the middle.
/// </summary>
/// <param name="Position">Where it is in the world, m.</param>
/// <param name="Orientation">Rotation from the optical axes to the world.</param>
/// <param name="FocalPixels">Focal length, pixels; 0 sees nothing.</param>
public readonly record struct CameraView(
    Vector3 Position, UnitQuaternion Orientation, double FocalPixels)
{
    /// <summary>A camera that looks at a point, its horizon level.</summary>
    /// <param name="position">Where it is, m.</param>
    /// <param name="target">What it looks at, m; not straight above or below it.</param>
    /// <param name="focalPixels">Focal length, pixels.</param>
    public static CameraView LookAt(Vector3 position, Vector3 target, double focalPixels)
    {
        Vector3 forward = target - position;
        forward = (1 / forward.Length) * forward;
        Vector3 right = Vector3.Cross(forward, new Vector3(0, 0, 1));
        right = (1 / right.Length) * right;
        Vector3 down = Vector3.Cross(forward, right);
        return new(position, UnitQuaternion.FromAxes(right, down, forward), focalPixels);
    }
}
