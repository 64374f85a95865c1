using HilRig.Sim.Contacts;
using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>
/// Where everything of one env lies: counts, and the first slot of each field in the workspace, the
/// constants and the integers. Positions and spatial vectors of a kinematic tree are in world axes,
/// relative to or about the point of the tree, which is where its first body is: numbers stay small
/// however far the tree is from the world's origin. Spatial vectors are (angular, linear); spatial
/// inertias are (XX YY ZZ XY XZ YZ of I, m·c, m).
/// </summary>
internal readonly struct Layout
{
    public const int RowsPerDof = 3; // Coulomb friction, lower limit, upper limit

    /// <summary>Number of the field <see cref="Shapes"/> among all fields.</summary>
    public const int ShapesField = 0;

    // First, where the device compiler looks for it.
    public readonly int Shapes; // a bit for each ShapePair that the model has

    public readonly int BodyCount;
    public readonly int JointCount;
    public readonly int DofCount;
    public readonly int PositionCount;
    public readonly int ActivationCount;
    public readonly int ActuatorCount;

    // State: the first StateCount numbers.
    public readonly int Time; // [1] s
    public readonly int Position; // [position] quaternions need not be normalised
    public readonly int Velocity; // [dof]
    public readonly int Activation; // [activation]
    public readonly int Warmstart; // [dof] acceleration at which the next solve may start
    public readonly int StateCount;

    // Inputs.
    public readonly int Control; // [actuator]
    public readonly int Enabled; // [actuator] 1 or 0
    public readonly int Applied; // [dof] force from outside

    // Kinematics.
    public readonly int JointRotation; // [joint, 4] sine, cosine; quaternion of a ball or free
    public readonly int TreePoint; // [body, 3] m, in the world, of each body that begins a tree
    public readonly int Rotation; // [body, 9] body to world
    public readonly int Origin; // [body, 3] m
    public readonly int Motion; // [dof, 6] motion axis
    public readonly int Inertia; // [body, 10] of the body; after Gather of all below it too
    public readonly int BodyVelocity; // [body, 6]
    public readonly int BodyAcceleration; // [body, 6] without joint accelerations
    public readonly int BodyForce; // [body, 6]

    // Forces.
    public readonly int MassMatrix; // [dof, dof] lower triangle
    public readonly int Bias; // [dof] Coriolis, centrifugal, gravity
    public readonly int ActuatorJointForce; // [dof]
    public readonly int GravityCompensation; // [dof]
    public readonly int Smooth; // [dof] all forces but constraints
    public readonly int ConstraintForce; // [dof]

    // Solve.
    public readonly int Factor; // [dof, dof] L of LᵀDL, below the diagonal
    public readonly int InverseDiagonal; // [dof] 1/D
    public readonly int Envelope; // [dof] integers: last row of each column of the Hessian
    public readonly int DiagonalShift; // [dof]
    public readonly int ImplicitFactor; // [dof, dof] L of the implicit step's matrix
    public readonly int ImplicitInverse; // [dof] its 1/D
    public readonly int ImplicitShift; // [dof] what it adds to the diagonal of M
    public readonly int SmoothAcceleration; // [dof]
    public readonly int Acceleration; // [dof]
    public readonly int RowWeight; // [dof, 3] D; 0 where the row is absent
    public readonly int RowReference; // [dof, 3] aref
    public readonly int RowResidual; // [dof, 3] J a - aref
    public readonly int RowState; // [dof, 3] -1, 0, 1
    public readonly int RowSum; // [1] sum of the weights
    public readonly int DofHasRow; // [dof] integers: whether any lane has a row of this dof
    public readonly int HasRows; // [1] integer: whether any lane has a row of any kind
    public readonly int Gradient; // [dof]
    public readonly int Direction; // [dof]
    public readonly int Product; // [dof] M a, then M · direction
    public readonly int Unsolved; // [1] 1 while the constraint solve goes on
    public readonly int Corrupt; // [1] 1 when the state is not finite

    public readonly int WorkCount;
    public readonly int IndexCount; // integers of the tile in the workspace

    // Constants and integers.
    public readonly int ConstantJoints;
    public readonly int ConstantDofs;
    public readonly int ConstantActuators;
    public readonly int ConstantCount;
    public readonly int TopologyJoints;
    public readonly int TopologyDofs;
    public readonly int TopologyActuators;
    public readonly int TopologyCount;
    public readonly int AssetCount; // numbers that every env shares: vertices, elevations

    // Sections of their own.
    public readonly DriveLayout Drives;
    public readonly TendonLayout Tendons;
    public readonly SiteLayout Sites;
    public readonly SensorLayout Sensors;
    public readonly StageLayout Stages;
    public readonly int GravityWrench; // [body, 6] scratch of gravity compensation
    public readonly int FreeBody; // scratch of bodies that float alone
    public readonly int Energy; // [2] potential and kinetic, J; where it is asked for
    public readonly int KeptPosition; // [position] while constants are derived
    public readonly ContactLayout Contacts;
    public readonly ConstraintLayout Constraints;

    public Layout(Model model)
    {
        var slots = new SlotCounter();
        BodyCount = model.Bodies.Count;
        JointCount = model.Joints.Count;
        DofCount = model.DofCount;
        (PositionCount, ActivationCount) = (model.PositionCount, model.ActivationCount);
        ActuatorCount = model.Actuators.Count;
        int rows = RowsPerDof * DofCount;
        Time = slots.Work(1);
        Position = slots.Work(PositionCount);
        Velocity = slots.Work(DofCount);
        Activation = slots.Work(ActivationCount);
        Warmstart = slots.Work(DofCount);
        StateCount = slots.WorkCount;
        (Control, Enabled) = (slots.Work(ActuatorCount), slots.Work(ActuatorCount));
        Applied = slots.Work(DofCount);
        JointRotation = slots.Work(4 * JointCount);
        TreePoint = slots.Work(3 * BodyCount);
        Rotation = slots.Work(9 * BodyCount);
        Origin = slots.Work(3 * BodyCount);
        Motion = slots.Work(6 * DofCount);
        Inertia = slots.Work(10 * BodyCount);
        (BodyVelocity, BodyAcceleration) = (slots.Work(6 * BodyCount), slots.Work(6 * BodyCount));
        BodyForce = slots.Work(6 * BodyCount);
        MassMatrix = slots.Work(DofCount * DofCount);
        (Bias, ActuatorJointForce) = (slots.Work(DofCount), slots.Work(DofCount));
        GravityCompensation = slots.Work(DofCount);
        (Smooth, ConstraintForce) = (slots.Work(DofCount), slots.Work(DofCount));
        Factor = slots.Work(DofCount * DofCount);
        (InverseDiagonal, DiagonalShift) = (slots.Work(DofCount), slots.Work(DofCount));
        ImplicitFactor = slots.Work(DofCount * DofCount);
        (ImplicitInverse, ImplicitShift) = (slots.Work(DofCount), slots.Work(DofCount));
        Envelope = slots.Index(DofCount);
        (SmoothAcceleration, Acceleration) = (slots.Work(DofCount), slots.Work(DofCount));
        (RowWeight, RowReference) = (slots.Work(rows), slots.Work(rows));
        (RowResidual, RowState) = (slots.Work(rows), slots.Work(rows));
        (RowSum, HasRows) = (slots.Work(1), slots.Index(1));
        DofHasRow = slots.Index(DofCount);
        (Gradient, Direction) = (slots.Work(DofCount), slots.Work(DofCount));
        Product = slots.Work(DofCount);
        (Unsolved, Corrupt) = (slots.Work(1), slots.Work(1));
        (ConstantJoints, ConstantDofs, ConstantActuators) = TakeConstants(model, slots);
        (TopologyJoints, TopologyDofs, TopologyActuators) = TakeTopology(model, slots);
        Drives = new DriveLayout(model, slots);
        Tendons = new TendonLayout(model, slots);
        Sites = new SiteLayout(model, slots);
        Sensors = new SensorLayout(model, slots);
        Stages = new StageLayout(model, slots, StateCount);
        FreeBody = slots.Work(model.Options.Integrator == Integrator.ImplicitFast ? 81 : 0);
        bool compensates = model.Bodies.Any(body => body.GravityCompensation != 0);
        GravityWrench = slots.Work(compensates ? 6 * BodyCount : 0);
        Energy = slots.Work(2);
        KeptPosition = slots.Work(PositionCount);
        Contacts = new ContactLayout(model, slots);
        (Shapes, Constraints) = (Contacts.Shapes, new ConstraintLayout(model, Contacts, slots));
        (WorkCount, IndexCount) = (slots.WorkCount, slots.IndexCount);
        (ConstantCount, TopologyCount) = (slots.ConstantCount, slots.TopologyCount);
        AssetCount = slots.AssetCount;
    }

    /// <summary>Whether any two geoms meet in this way.</summary>
    public bool Has(ShapePair shapes) => (Shapes & (1 << (int)shapes)) != 0;

    /// <summary>Slot of a constant of a body.</summary>
    public static int OfBody(int body, int slot) =>
        ConstantSlots.FirstBody + (ConstantSlots.BodyStride * body) + slot;

    /// <summary>Slot of an integer of a body.</summary>
    public static int IndexOfBody(int body, int slot) =>
        TopologySlots.FirstBody + (TopologySlots.BodyStride * body) + slot;

    /// <summary>Slot of a constant of a joint.</summary>
    public int OfJoint(int joint, int slot) =>
        ConstantJoints + (ConstantSlots.JointStride * joint) + slot;

    /// <summary>Slot of a constant of a dof.</summary>
    public int OfDof(int dof, int slot) => ConstantDofs + (ConstantSlots.DofStride * dof) + slot;

    /// <summary>Slot of a constant of an actuator.</summary>
    public int OfActuator(int actuator, int slot) =>
        ConstantActuators + (ConstantSlots.ActuatorStride * actuator) + slot;

    /// <summary>Slot of an integer of a joint.</summary>
    public int IndexOfJoint(int joint, int slot) =>
        TopologyJoints + (TopologySlots.JointStride * joint) + slot;

    /// <summary>Slot of an integer of a dof.</summary>
    public int IndexOfDof(int dof, int slot) =>
        TopologyDofs + (TopologySlots.DofStride * dof) + slot;

    /// <summary>Slot of an integer of an actuator.</summary>
    public int IndexOfActuator(int actuator, int slot) =>
        TopologyActuators + (TopologySlots.ActuatorStride * actuator) + slot;

    private static (int Joints, int Dofs, int Actuators) TakeConstants(
        Model model, SlotCounter slots)
    {
        int bodies = ConstantSlots.FirstBody + (ConstantSlots.BodyStride * model.Bodies.Count);
        _ = slots.Constant(bodies);
        return (
            slots.Constant(ConstantSlots.JointStride * model.Joints.Count),
            slots.Constant(ConstantSlots.DofStride * model.DofCount),
            slots.Constant(ConstantSlots.ActuatorStride * model.Actuators.Count));
    }

    private static (int Joints, int Dofs, int Actuators) TakeTopology(
        Model model, SlotCounter slots)
    {
        int bodies = TopologySlots.FirstBody + (TopologySlots.BodyStride * model.Bodies.Count);
        _ = slots.Topology(bodies);
        return (
            slots.Topology(TopologySlots.JointStride * model.Joints.Count),
            slots.Topology(TopologySlots.DofStride * model.DofCount),
            slots.Topology(TopologySlots.ActuatorStride * model.Actuators.Count));
    }
}
