using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Dynamics;

/// <summary>Writes actuators, tendons and sites into constants and integers.</summary>
internal static class DrivePacker
{
    /// <summary>
    /// Dofs that an actuator acts on, except a single slide or hinge, which needs no list.
    /// </summary>
    public static IReadOnlyList<int> Dofs(
        Model model, KinematicTree tree, ModelActuator actuator) => Kind(model, actuator) switch
        {
            DriveKind.Scalar => [],
            DriveKind.Ball or DriveKind.BallInParent =>
                [.. Enumerable.Range(model.Joints[actuator.Target].DofAddress, 3)],
            DriveKind.Free or DriveKind.FreeInParent =>
                [.. Enumerable.Range(model.Joints[actuator.Target].DofAddress, 6)],
            DriveKind.Tendon =>
            [
                .. model.Tendons[actuator.Target].Joints.Select(
                    joint => model.Joints[joint].DofAddress),
            ],
            DriveKind.Site => tree.Chain(model.Sites[actuator.Target].Body),
        };

    /// <summary>Writes the constants that do not depend on the time step.</summary>
    public static void PackConstants(Model model, Layout layout, Span<double> constants)
    {
        for (int actuator = 0; actuator < model.Actuators.Count; actuator++)
        {
            PackActuator(
                model.Actuators[actuator],
                model.Options,
                constants[layout.OfActuator(actuator, 0)..]);
        }

        int term = 0;
        for (int tendon = 0; tendon < model.Tendons.Count; tendon++)
        {
            ModelTendon source = model.Tendons[tendon];
            PackTendon(source, model.Options, constants[layout.Tendons.Of(tendon, 0)..]);
            foreach (double coefficient in source.Coefficients)
            {
                constants[layout.Tendons.Coefficients + term] = coefficient;
                term++;
            }
        }

        for (int site = 0; site < model.Sites.Count; site++)
        {
            Span<double> block = constants[layout.Sites.Of(site, 0)..];
            Vector3 position = model.Sites[site].Position;
            block[ConstantSlots.SitePosition] = position.X;
            block[ConstantSlots.SitePosition + 1] = position.Y;
            block[ConstantSlots.SitePosition + 2] = position.Z;
            block[ConstantSlots.SiteSize] = model.Sites[site].Size.X;
            block[ConstantSlots.SiteSize + 1] = model.Sites[site].Size.Y;
            block[ConstantSlots.SiteSize + 2] = model.Sites[site].Size.Z;
            model.Sites[site].Orientation.ToMatrix().CopyTo(block[ConstantSlots.SiteRotation..]);
        }
    }

    /// <summary>Writes every integer.</summary>
    public static void PackTopology(
        Model model, Layout layout, KinematicTree tree, Span<int> topology)
    {
        int moment = 0;
        for (int index = 0; index < model.Actuators.Count; index++)
        {
            ModelActuator actuator = model.Actuators[index];
            IReadOnlyList<int> dofs = Dofs(model, tree, actuator);
            Span<int> block = topology[layout.IndexOfActuator(index, 0)..];
            block[TopologySlots.ActuatorDrive] = (int)Kind(model, actuator);
            block[TopologySlots.ActuatorTarget] = actuator.Target;
            block[TopologySlots.ActuatorActivation] =
                model.Options.ActuationEnabled ? actuator.ActivationAddress : -1;
            block[TopologySlots.ActuatorIsExact] =
                actuator.Dynamics == ActuatorDynamics.FilterExact ? 1 : 0;
            block[TopologySlots.ActuatorIsEarly] = actuator.ActivationEarly ? 1 : 0;
            block[TopologySlots.ActuatorHasAffineGain] =
                actuator.Gain1 != 0 || actuator.Gain2 != 0 ? 1 : 0;
            block[TopologySlots.ActuatorWraps] = Wraps(model, actuator) ? 1 : 0;
            block[TopologySlots.ActuatorFirstMoment] = moment;
            block[TopologySlots.ActuatorMomentCount] = dofs.Count;
            if (actuator.Joint >= 0)
            {
                block[TopologySlots.ActuatorDof] = model.Joints[actuator.Joint].DofAddress;
                block[TopologySlots.ActuatorPosition] =
                    model.Joints[actuator.Joint].PositionAddress;
            }

            foreach (int dof in dofs)
            {
                topology[layout.Drives.TopologyMoments + moment] = dof;
                moment++;
            }
        }

        topology[TopologySlots.HasMoments] = moment > 0 ? 1 : 0;
        topology[TopologySlots.HasSites] =
            model.Actuators.Any(actuator => Kind(model, actuator) == DriveKind.Site) ? 1 : 0;
        PackTendonTopology(model, layout, topology);
        for (int site = 0; site < model.Sites.Count; site++)
        {
            topology[layout.Sites.Bodies + site] = model.Sites[site].Body;
            topology[layout.Sites.Kinds + site] = (int)model.Sites[site].Kind;
        }
    }

    private static void PackTendonTopology(Model model, Layout layout, Span<int> topology)
    {
        int term = 0;
        for (int tendon = 0; tendon < model.Tendons.Count; tendon++)
        {
            Span<int> block = topology[layout.Tendons.IndexOf(tendon, 0)..];
            block[TopologySlots.TendonFirst] = term;
            block[TopologySlots.TendonCount] = model.Tendons[tendon].Joints.Count;
            foreach (int joint in model.Tendons[tendon].Joints)
            {
                Span<int> entry = topology[layout.Tendons.IndexOfTerm(term, 0)..];
                entry[TopologySlots.TermDof] = model.Joints[joint].DofAddress;
                entry[TopologySlots.TermPosition] = model.Joints[joint].PositionAddress;
                term++;
            }
        }

        topology[TopologySlots.HasTendonForceRange] = model.Tendons.Any(
            tendon => double.IsFinite(tendon.ActuatorForceMin)
                || double.IsFinite(tendon.ActuatorForceMax)) ? 1 : 0;
        topology[TopologySlots.HasTendonArmature] =
            model.Tendons.Any(tendon => tendon.Armature != 0) ? 1 : 0;
        topology[TopologySlots.HasCoupledDerivative] =
            model.Tendons.Any(tendon => tendon.Damping != 0)
            || model.Actuators.Any(actuator => Kind(model, actuator) != DriveKind.Scalar
                && (actuator.Bias2 != 0 || actuator.Gain2 != 0)) ? 1 : 0;
    }

    private static bool Wraps(Model model, ModelActuator actuator) =>
        Kind(model, actuator) is DriveKind.Ball or DriveKind.BallInParent
        && actuator.Dynamics is ActuatorDynamics.None or ActuatorDynamics.Integrator
        && actuator.Gain1 == 0 && actuator.Gain2 == 0 && actuator.Gain == -actuator.Bias1;

    private static DriveKind Kind(Model model, ModelActuator actuator) =>
        actuator.Transmission switch
        {
            TransmissionKind.Tendon => DriveKind.Tendon,
            TransmissionKind.Site => DriveKind.Site,
            TransmissionKind.Joint => model.Joints[actuator.Target].Type switch
            {
                JointType.Ball => DriveKind.Ball,
                JointType.Free => DriveKind.Free,
                JointType.Slide or JointType.Hinge => DriveKind.Scalar,
            },
            TransmissionKind.JointInParent => model.Joints[actuator.Target].Type switch
            {
                JointType.Ball => DriveKind.BallInParent,
                JointType.Free => DriveKind.FreeInParent,
                JointType.Slide or JointType.Hinge => DriveKind.Scalar,
            },
        };

    private static void PackActuator(
        ModelActuator actuator, ModelOptions options, Span<double> block)
    {
        double on = options.ActuationEnabled ? 1 : 0;
        for (int k = 0; k < 6; k++)
        {
            block[ConstantSlots.Gear + k] =
                k < actuator.GearVector.Count ? actuator.GearVector[k] : 0;
        }

        block[ConstantSlots.Gain] = on * actuator.Gain;
        block[ConstantSlots.Gain1] = on * actuator.Gain1;
        block[ConstantSlots.Gain2] = on * actuator.Gain2;
        block[ConstantSlots.Bias0] = on * actuator.Bias0;
        block[ConstantSlots.Bias1] = on * actuator.Bias1;
        block[ConstantSlots.Bias2] = on * actuator.Bias2;
        bool clamp = options.ClampControl;
        block[ConstantSlots.ControlMin] = clamp ? actuator.ControlMin : double.NegativeInfinity;
        block[ConstantSlots.ControlMax] = clamp ? actuator.ControlMax : double.PositiveInfinity;
        block[ConstantSlots.ForceMin] =
            options.ActuationEnabled ? actuator.ForceMin : double.NegativeInfinity;
        block[ConstantSlots.ForceMax] =
            options.ActuationEnabled ? actuator.ForceMax : double.PositiveInfinity;
        block[ConstantSlots.ActivationMin] = actuator.ActivationMin;
        block[ConstantSlots.ActivationMax] = actuator.ActivationMax;
        block[ConstantSlots.TimeConstant] = actuator.TimeConstant;

        // Without actuation activations stay where they are.
        block[ConstantSlots.ActivationLeak] =
            actuator.Dynamics == ActuatorDynamics.Integrator ? 0 : 1;
    }

    private static void PackTendon(
        ModelTendon tendon, ModelOptions options, Span<double> block)
    {
        block[ConstantSlots.TendonStiffness] = options.SpringEnabled ? tendon.Stiffness : 0;
        block[ConstantSlots.TendonDamping] = options.DamperEnabled ? tendon.Damping : 0;
        block[ConstantSlots.TendonArmature] = tendon.Armature;
        block[ConstantSlots.TendonSpringMin] = tendon.SpringLengthMin;
        block[ConstantSlots.TendonSpringMax] = tendon.SpringLengthMax;
        block[ConstantSlots.TendonForceMin] = tendon.ActuatorForceMin;
        block[ConstantSlots.TendonForceMax] = tendon.ActuatorForceMax;
    }
}
