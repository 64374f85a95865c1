using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Where everything is at the reference position, and how points move with the degrees of freedom.
/// At that position no joint moves its body from where the file draws it.
/// </summary>
internal sealed class ReferenceKinematics
{
    private readonly Model _model;
    private readonly int[][] _dofsOf;
    private readonly (Vector3 Axis, Vector3 Anchor, bool Turns)[] _dofs;

    /// <summary>Computes the poses of a model.</summary>
    public ReferenceKinematics(Model model)
    {
        _model = model;
        Poses = new Pose[model.Bodies.Count];
        _dofsOf = new int[model.Bodies.Count][];
        _dofs = new (Vector3, Vector3, bool)[model.DofCount];
        for (int i = 0; i < Poses.Length; i++)
        {
            ModelBody body = model.Bodies[i];
            var own = new Pose(body.Position, body.Orientation);
            Poses[i] = i == 0 ? Pose.Identity : Poses[body.Parent] * own;
            var dofs = new List<int>(i == 0 ? [] : _dofsOf[body.Parent]);
            for (int j = body.FirstJoint; j < body.FirstJoint + body.JointCount; j++)
            {
                AddDofs(model.Joints[j], Poses[i], dofs);
            }

            _dofsOf[i] = [.. dofs];
        }
    }

    /// <summary>Poses in the world. Shape [body].</summary>
    public Pose[] Poses { get; }

    /// <summary>Centre of mass in the world, m.</summary>
    public Vector3 Center(int body) =>
        Poses[body].Position + Poses[body].Orientation.Rotate(_model.Bodies[body].CenterOfMass);

    /// <summary>Degrees of freedom that move a body, from the root down.</summary>
    public ReadOnlySpan<int> DofsOf(int body) => _dofsOf[body];

    /// <summary>Velocity of a point and angular velocity, per unit of a dof.</summary>
    public (Vector3 Linear, Vector3 Angular) Motion(int dof, Vector3 point)
    {
        (Vector3 axis, Vector3 anchor, bool turns) = _dofs[dof];
        return turns ? (Vector3.Cross(axis, point - anchor), axis) : (axis, default);
    }

    private void AddDofs(ModelJoint joint, Pose body, List<int> dofs)
    {
        Vector3 anchor = body.Position + body.Orientation.Rotate(joint.Position);
        int next = joint.DofAddress;
        void Add(Vector3 axis, bool turns)
        {
            _dofs[next] = (axis, anchor, turns);
            dofs.Add(next++);
        }

        Span<Vector3> units = [new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)];
        switch (joint.Type)
        {
            case JointType.Slide or JointType.Hinge:
                Add(body.Orientation.Rotate(joint.Axis), joint.Type == JointType.Hinge);
                return;
            case JointType.Free:
                foreach (Vector3 unit in units)
                {
                    Add(unit, turns: false);
                }

                break;
        }

        foreach (Vector3 unit in units)
        {
            Add(body.Orientation.Rotate(unit), turns: true);
        }
    }
}
