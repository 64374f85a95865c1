using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>Writes a model into the flat constants and integers that the phases read.</summary>
internal static class ModelPacker
{
    // Newton ends after finitely many steps; a file that asks for fewer gets the exact solution.
    private const int IterationMin = 100;

    /// <summary>The layout of one env of this model.</summary>
    public static Layout Layout(Model model) => new(model);

    /// <summary>Writes every constant that does not depend on the time step.</summary>
    public static void PackConstants(Model model, Layout layout, Span<double> constants)
    {
        ModelOptions options = model.Options;
        double gravity = options.GravityEnabled ? 1 : 0;
        constants[ConstantSlots.Gravity] = gravity * options.Gravity.X;
        constants[ConstantSlots.Gravity + 1] = gravity * options.Gravity.Y;
        constants[ConstantSlots.Gravity + 2] = gravity * options.Gravity.Z;
        for (int body = 0; body < model.Bodies.Count; body++)
        {
            PackBody(model.Bodies[body], options, constants[Dynamics.Layout.OfBody(body, 0)..]);
        }

        for (int joint = 0; joint < model.Joints.Count; joint++)
        {
            PackJoint(model, joint, constants[layout.OfJoint(joint, 0)..]);
        }

        for (int dof = 0; dof < model.DofCount; dof++)
        {
            PackDof(OwnerOf(model, dof), options, constants[layout.OfDof(dof, 0)..]);
        }

        DrivePacker.PackConstants(model, layout, constants);
        SensorPacker.PackConstants(model, layout, constants);
        ContactPacker.PackConstants(model, layout, constants);
        ConstraintPacker.PackConstants(model, layout, constants);
    }

    /// <summary>Writes the numbers of meshes and height fields, which all envs share.</summary>
    public static void PackAssets(Model model, Layout layout, Span<float> assets) =>
        ContactPacker.PackAssets(model, layout, assets);

    /// <summary>Writes the time step; what depends on it is derived.</summary>
    public static void PackTimeStep(
        Model model, Layout layout, double timeStep, Span<double> constants) =>
        constants[ConstantSlots.TimeStep] = timeStep;

    /// <summary>Writes every integer.</summary>
    public static void PackTopology(Model model, Layout layout, Span<int> topology)
    {
        ModelOptions options = model.Options;
        topology[TopologySlots.Integration] = (int)Rule(model);
        topology[TopologySlots.IterationMax] =
            Math.Max(IterationMin, options.IterationMax);
        topology[TopologySlots.HasGravityCompensation] =
            model.Bodies.Any(body => body.GravityCompensation != 0) ? 1 : 0;
        var tree = new KinematicTree(model);
        for (int body = 0; body < model.Bodies.Count; body++)
        {
            Span<int> block = topology[Dynamics.Layout.IndexOfBody(body, 0)..];
            block[TopologySlots.BodyParent] = model.Bodies[body].Parent;
            block[TopologySlots.BodyCarrier] = tree.Carrier(body);
            block[TopologySlots.BodyRoot] = tree.Root(body);
            block[TopologySlots.BodyPlacement] = (int)tree.Placement(body);
            block[TopologySlots.BodyMoves] =
                model.Bodies[body].IsPlainSlider ? 2 : tree.Moves(body) ? 1 : 0;
            block[TopologySlots.BodyFirstJoint] = model.Bodies[body].FirstJoint;
            block[TopologySlots.BodyJointCount] = model.Bodies[body].JointCount;
            block[TopologySlots.BodyFirstDof] = tree.FirstDof(body);
            block[TopologySlots.BodyDofCount] = tree.BodyDofCount(body);
            block[TopologySlots.BodyLastDof] = tree.LastDof(body);
            bool isHinge = model.Bodies[body].JointCount == 1
                && model.Joints[model.Bodies[body].FirstJoint].Type == JointType.Hinge;
            block[TopologySlots.BodyIsHinge] = isHinge ? 1 : 0;
            block[TopologySlots.BodyHasAnchor] = isHinge
                && model.Joints[model.Bodies[body].FirstJoint].Position != default ? 1 : 0;
        }

        PackJointTopology(model, layout, tree, topology);
        PackDofTopology(model, layout, tree, topology);
        DrivePacker.PackTopology(model, layout, tree, topology);
        SensorPacker.PackTopology(model, layout, tree, topology);
        topology[TopologySlots.HasTwinFactor] = Rule(model) switch
        {
            IntegrationRule.ImplicitDamping => 1,
            IntegrationRule.ImplicitFast =>
                topology[TopologySlots.HasCoupledDerivative] == 0
                && topology[TopologySlots.HasFloatingBodies] == 0 ? 1 : 0,
            IntegrationRule.Explicit or IntegrationRule.RungeKutta => 0,
        };

        ContactPacker.PackTopology(model, layout, topology);
        ConstraintPacker.PackTopology(model, layout, topology);
    }

    private static void PackJointTopology(
        Model model, Layout layout, KinematicTree tree, Span<int> topology)
    {
        for (int index = 0; index < model.Joints.Count; index++)
        {
            ModelJoint joint = model.Joints[index];
            Span<int> block = topology[layout.IndexOfJoint(index, 0)..];
            block[TopologySlots.JointKind] = (int)joint.Type;
            block[TopologySlots.JointBody] = joint.Body;
            block[TopologySlots.JointPosition] = joint.PositionAddress;
            block[TopologySlots.JointDof] = joint.DofAddress;
            block[TopologySlots.JointHasSpring] =
                !joint.Type.IsScalar() && model.Options.SpringEnabled
                && joint.Stiffness != 0 ? 1 : 0;
            block[TopologySlots.JointFloatsAlone] =
                joint.Type == JointType.Free && tree.FloatsAlone(joint.Body) ? 1 : 0;
            block[TopologySlots.JointGravityIsActuated] =
                joint.GravityCompensationIsActuated ? 1 : 0;
        }

        bool springs = model.Options.SpringEnabled
            && model.Joints.Any(joint => !joint.Type.IsScalar() && joint.Stiffness != 0);
        topology[TopologySlots.HasRareForces] =
            springs || topology[TopologySlots.HasGravityCompensation] != 0 ? 1 : 0;
        topology[TopologySlots.HasFloatingBodies] =
            model.Joints.Any(joint => tree.FloatsAlone(joint.Body)) ? 1 : 0;
        topology[TopologySlots.HasBalls] =
            model.Joints.Any(joint => !joint.Type.IsScalar()) ? 1 : 0;
    }

    private static void PackDofTopology(
        Model model, Layout layout, KinematicTree tree, Span<int> topology)
    {
        for (int dof = 0; dof < model.DofCount; dof++)
        {
            int index = tree.Joint(dof);
            ModelJoint joint = model.Joints[index];
            Span<int> block = topology[layout.IndexOfDof(dof, 0)..];
            block[TopologySlots.DofBody] = joint.Body;
            block[TopologySlots.DofParent] = tree.DofParent(dof);
            block[TopologySlots.DofLast] = tree.LastBelow(dof);
            block[TopologySlots.DofJoint] = index;
            bool scalar = joint.Type.IsScalar();
            block[TopologySlots.DofPosition] = scalar ? joint.PositionAddress : -1;
            block[TopologySlots.DofHasLimit] =
                scalar && joint.Limited && model.Options.LimitEnabled
                && model.Options.ConstraintEnabled ? 1 : 0;
            block[TopologySlots.DofHasForceRange] = double.IsFinite(joint.ActuatorForceMin)
                || double.IsFinite(joint.ActuatorForceMax) ? 1 : 0;
            block[TopologySlots.DofHasSquareImpedance] = joint.LimitSoftness.Power == 2 ? 1 : 0;
        }
    }

    private static ModelJoint OwnerOf(Model model, int dof)
    {
        int joint = Math.Min(dof, model.Joints.Count - 1);
        while (model.Joints[joint].DofAddress > dof)
        {
            joint--;
        }

        return model.Joints[joint];
    }

    private static IntegrationRule Rule(Model model)
    {
        switch (model.Options.Integrator)
        {
            case Integrator.ImplicitFast:
                return IntegrationRule.ImplicitFast;
            case Integrator.RungeKutta4:
                return IntegrationRule.RungeKutta;
            case Integrator.Euler:
                break;
        }

        bool damped = model.Options.EulerDamping && model.Options.DamperEnabled
            && model.Joints.Any(joint => joint.Damping > 0);
        return damped ? IntegrationRule.ImplicitDamping : IntegrationRule.Explicit;
    }

    private static void PackBody(ModelBody body, ModelOptions options, Span<double> block)
    {
        // MuJoCo leaves all passive forces out when both springs and dampers are off.
        bool passive = options.GravityEnabled && (options.SpringEnabled || options.DamperEnabled);
        block[ConstantSlots.BodyGravityCompensation] = passive ? body.GravityCompensation : 0;
        body.Orientation.ToMatrix().CopyTo(block[ConstantSlots.BodyRotation..]);
        block[ConstantSlots.BodyPosition] = body.Position.X;
        block[ConstantSlots.BodyPosition + 1] = body.Position.Y;
        block[ConstantSlots.BodyPosition + 2] = body.Position.Z;
        block[ConstantSlots.BodyMass] = body.Mass;
        block[ConstantSlots.BodyCenter] = body.CenterOfMass.X;
        block[ConstantSlots.BodyCenter + 1] = body.CenterOfMass.Y;
        block[ConstantSlots.BodyCenter + 2] = body.CenterOfMass.Z;
        block[ConstantSlots.BodyInertia] = body.Inertia.XX;
        block[ConstantSlots.BodyInertia + 1] = body.Inertia.YY;
        block[ConstantSlots.BodyInertia + 2] = body.Inertia.ZZ;
        block[ConstantSlots.BodyInertia + 3] = body.Inertia.XY;
        block[ConstantSlots.BodyInertia + 4] = body.Inertia.XZ;
        block[ConstantSlots.BodyInertia + 5] = body.Inertia.YZ;
    }

    private static void PackJoint(Model model, int index, Span<double> block)
    {
        ModelJoint joint = model.Joints[index];
        block[ConstantSlots.Anchor] = joint.Position.X;
        block[ConstantSlots.Anchor + 1] = joint.Position.Y;
        block[ConstantSlots.Anchor + 2] = joint.Position.Z;
        block[ConstantSlots.Axis] = joint.Axis.X;
        block[ConstantSlots.Axis + 1] = joint.Axis.Y;
        block[ConstantSlots.Axis + 2] = joint.Axis.Z;
        block[ConstantSlots.Stiffness] = model.Options.SpringEnabled ? joint.Stiffness : 0;
        for (int k = 0; k < joint.Type.PositionCount(); k++)
        {
            block[ConstantSlots.Reference + k] =
                model.ReferencePosition[joint.PositionAddress + k];
            block[ConstantSlots.SpringReference + k] =
                model.SpringPosition[joint.PositionAddress + k];
        }
    }

    private static void PackDof(ModelJoint joint, ModelOptions options, Span<double> block)
    {
        block[ConstantSlots.Damping] = options.DamperEnabled ? joint.Damping : 0;
        block[ConstantSlots.Armature] = joint.Armature;
        block[ConstantSlots.ActuatorForceMin] = joint.ActuatorForceMin;
        block[ConstantSlots.ActuatorForceMax] = joint.ActuatorForceMax;
        block[ConstantSlots.RangeMin] = joint.RangeMin;
        block[ConstantSlots.RangeMax] = joint.RangeMax;
        block[ConstantSlots.Margin] = joint.Margin;
        block[ConstantSlots.FrictionLoss] =
            options.FrictionLossEnabled && options.ConstraintEnabled ? joint.FrictionLoss : 0;
        ConstraintPacker.PackSoftness(
            joint.LimitSoftness,
            block[ConstantSlots.LimitReference..],
            block[ConstantSlots.LimitImpedance..]);
        ConstraintPacker.PackSoftness(
            joint.FrictionSoftness,
            block[ConstantSlots.FrictionReference..],
            block[ConstantSlots.FrictionImpedance..]);
    }
}
