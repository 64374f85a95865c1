using HilRig.Bridge.Isaac.Messages;
using HilRig.Sim.Rendering;
using HilRig.Sim.Spatial;

namespace HilRig.Rig.Isaac;

/// <summary>
/// The camera of a stand-in: a mount of three joints (yaw, pitch, roll; which ones Isaac's are is
/// not known to us) that go on with the last velocity, and a lens.
/// </summary>
internal sealed class CameraMount
{
    // USD's defaults: a horizontal aperture of 20.955 and Isaac's focal length of 24.
    private const double Aperture = 20.955;
    private readonly IsaacImageSize _size;
    private readonly CameraView _start;
    private readonly double[] _angle = new double[3];
    private IReadOnlyList<double> _velocity = [0, 0, 0];

    /// <summary>Makes a mount in front of the arm, looking at it.</summary>
    /// <param name="size">Size of the images.</param>
    public CameraMount(IsaacImageSize size)
    {
        _size = size;
        _start = CameraView.LookAt(new Vector3(0.55, -0.6, 0.4), new Vector3(0.15, 0, 0.12), 0);
    }

    /// <summary>Focal length in USD's unit.</summary>
    public double FocalLength { get; private set; } = 24;

    /// <summary>What it sees now.</summary>
    public CameraView View => _start with
    {
        Orientation = _start.Orientation
            * UnitQuaternion.FromAxisAngle(new Vector3(0, 1, 0), _angle[0])
            * UnitQuaternion.FromAxisAngle(new Vector3(1, 0, 0), _angle[1])
            * UnitQuaternion.FromAxisAngle(new Vector3(0, 0, 1), _angle[2]),
        FocalPixels = _size.Width * FocalLength / Aperture,
    };

    /// <summary>Takes a command and moves for one frame.</summary>
    /// <param name="velocity">New velocities, rad/s; null keeps the last.</param>
    /// <param name="focalLength">New focal length; null keeps the last.</param>
    /// <param name="seconds">Length of the frame.</param>
    public void Step(IReadOnlyList<double>? velocity, double? focalLength, double seconds)
    {
        _velocity = velocity ?? _velocity;
        FocalLength = focalLength ?? FocalLength;
        for (int joint = 0; joint < 3; joint++)
        {
            _angle[joint] += _velocity[joint] * seconds;
        }
    }

    /// <summary>The camera as the wire has it: view matrix and intrinsics.</summary>
    public IsaacCamera ToWire()
    {
        CameraView view = View;
        double[] rows = new double[16];
        Vector3[] axes =
        [
            view.Orientation.Rotate(new Vector3(1, 0, 0)),
            view.Orientation.Rotate(new Vector3(0, 1, 0)),
            view.Orientation.Rotate(new Vector3(0, 0, 1)),
        ];
        for (int row = 0; row < 3; row++)
        {
            rows[4 * row] = axes[row].X;
            rows[(4 * row) + 1] = axes[row].Y;
            rows[(4 * row) + 2] = axes[row].Z;
            rows[(4 * row) + 3] = -Vector3.Dot(axes[row], view.Position);
        }

        rows[15] = 1;
        double f = view.FocalPixels;
        return new IsaacCamera(
            rows, [1, 1, 1], [f, 0, _size.Width / 2.0, 0, f, _size.Height / 2.0, 0, 0, 1]);
    }
}
