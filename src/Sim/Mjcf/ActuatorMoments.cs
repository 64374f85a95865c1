using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>How an actuator's length moves with the degrees of freedom.</summary>
internal static class ActuatorMoments
{
    /// <summary>Moments at the reference position. Shape [dof].</summary>
    public static double[] At(
        Model model, ReferenceKinematics kinematics, ModelActuator actuator)
    {
        double[] moments = new double[model.DofCount];
        switch (actuator.Transmission)
        {
            case TransmissionKind.Tendon:
                ModelTendon tendon = model.Tendons[actuator.Target];
                for (int k = 0; k < tendon.Joints.Count; k++)
                {
                    moments[model.Joints[tendon.Joints[k]].DofAddress] +=
                        actuator.Gear * tendon.Coefficients[k];
                }

                break;
            case TransmissionKind.Site:
                AtSite(model, kinematics, actuator, moments);
                break;
            case TransmissionKind.Joint or TransmissionKind.JointInParent:
                AtJoint(model, kinematics, actuator, moments);
                break;
        }

        return moments;
    }

    private static void AtJoint(
        Model model, ReferenceKinematics kinematics, ModelActuator actuator, double[] moments)
    {
        ModelJoint joint = model.Joints[actuator.Target];
        IReadOnlyList<double> gear = actuator.GearVector;
        int count = joint.Type.DofCount();
        for (int k = 0; k < count; k++)
        {
            moments[joint.DofAddress + k] = gear[k];
        }

        // A ball joint's axes at the reference position are its parent's; a free joint's are not.
        if (joint.Type == JointType.Free && actuator.Transmission == TransmissionKind.JointInParent)
        {
            Vector3 turn = kinematics.Poses[joint.Body].Inverse().Orientation
                .Rotate(new Vector3(gear[3], gear[4], gear[5]));
            (moments[joint.DofAddress + 3], moments[joint.DofAddress + 4]) = (turn.X, turn.Y);
            moments[joint.DofAddress + 5] = turn.Z;
        }
    }

    private static void AtSite(
        Model model, ReferenceKinematics kinematics, ModelActuator actuator, double[] moments)
    {
        ModelSite site = model.Sites[actuator.Target];
        Pose pose = kinematics.Poses[site.Body] * new Pose(site.Position, site.Orientation);
        IReadOnlyList<double> gear = actuator.GearVector;
        Vector3 force = pose.Orientation.Rotate(new Vector3(gear[0], gear[1], gear[2]));
        Vector3 torque = pose.Orientation.Rotate(new Vector3(gear[3], gear[4], gear[5]));
        foreach (int dof in kinematics.DofsOf(site.Body))
        {
            (Vector3 linear, Vector3 angular) = kinematics.Motion(dof, pose.Position);
            moments[dof] = Vector3.Dot(force, linear) + Vector3.Dot(torque, angular);
        }
    }
}
