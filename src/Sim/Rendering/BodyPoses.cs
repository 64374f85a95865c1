using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Rendering;

/// <summary>Where every body is in the world at given joint positions.</summary>
public sealed class BodyPoses
{
    private readonly Model _model;
    private readonly Vector3[] _position;
    private readonly UnitQuaternion[] _orientation;

    /// <summary>Makes poses; call <see cref="Update"/> before reading them.</summary>
    /// <param name="model">The robot.</param>
    public BodyPoses(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _position = new Vector3[model.Bodies.Count];
        _orientation = new UnitQuaternion[model.Bodies.Count];
        Array.Fill(_orientation, UnitQuaternion.Identity);
    }

    /// <summary>Origins in the world, m. Shape [body].</summary>
    public IReadOnlyList<Vector3> Position => _position;

    /// <summary>Rotations from the bodies' frames to the world. Shape [body].</summary>
    public IReadOnlyList<UnitQuaternion> Orientation => _orientation;

    /// <summary>
    /// Computes the poses: each body after its parent, each joint about its anchor.
    /// </summary>
    /// <param name="jointPosition">Positions (qpos). Shape [position].</param>
    public void Update(ReadOnlySpan<double> jointPosition)
    {
        for (int i = 1; i < _position.Length; i++)
        {
            ModelBody body = _model.Bodies[i];
            UnitQuaternion parent = _orientation[body.Parent];
            Vector3 position = _position[body.Parent] + parent.Rotate(body.Position);
            UnitQuaternion orientation = parent * body.Orientation;
            for (int j = body.FirstJoint; j < body.FirstJoint + body.JointCount; j++)
            {
                ModelJoint joint = _model.Joints[j];
                Move(joint, jointPosition[joint.PositionAddress..], ref position, ref orientation);
            }

            _position[i] = position;
            _orientation[i] = orientation.Normalized();
        }
    }

    private static void Move(
        ModelJoint joint,
        ReadOnlySpan<double> q,
        ref Vector3 position,
        ref UnitQuaternion orientation)
    {
        if (joint.Type == JointType.Free)
        {
            position = new Vector3(q[0], q[1], q[2]);
            orientation = new UnitQuaternion(q[3], q[4], q[5], q[6]).Normalized();
            return;
        }

        if (joint.Type == JointType.Slide)
        {
            position += (q[0] - joint.Reference) * orientation.Rotate(joint.Axis);
            return;
        }

        Vector3 anchor = position + orientation.Rotate(joint.Position);
        orientation *= joint.Type == JointType.Ball
            ? new UnitQuaternion(q[0], q[1], q[2], q[3]).Normalized()
            : UnitQuaternion.FromAxisAngle(joint.Axis, q[0] - joint.Reference);
        position = anchor - orientation.Rotate(joint.Position);
    }
}
