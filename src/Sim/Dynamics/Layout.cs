namespace HilRig.Sim.Dynamics;

/// <summary>
/// Where everything of one env lies: counts, and the first slot of each field in the workspace, the
/// constants and the integers. Spatial vectors are (angular, linear) about the world's origin in
/// world axes; spatial inertias are (XX YY ZZ XY XZ YZ of I, m·c, m).
/// </summary>
internal readonly struct Layout
{
    public const int RowsPerDof = 3; // Coulomb friction, lower limit, upper limit

    public readonly int BodyCount;
    public readonly int DofCount;
    public readonly int ActuatorCount;

    // State and inputs.
    public readonly int Position; // [dof]
    public readonly int Velocity; // [dof]
    public readonly int Control; // [actuator]
    public readonly int Enabled; // [actuator] 1 or 0
    public readonly int Applied; // [dof] force from outside

    // Kinematics.
    public readonly int Sine; // [dof]
    public readonly int Cosine; // [dof]
    public readonly int Rotation; // [body, 9] body to world
    public readonly int Origin; // [body, 3] m
    public readonly int Motion; // [dof, 6] motion axis
    public readonly int Inertia; // [body, 10]
    public readonly int Composite; // [body, 10] inertia of the body and all below it
    public readonly int BodyVelocity; // [body, 6]
    public readonly int BodyAcceleration; // [body, 6] without joint accelerations
    public readonly int BodyForce; // [body, 6]

    // Forces.
    public readonly int MassMatrix; // [dof, dof] lower triangle
    public readonly int Bias; // [dof] Coriolis, centrifugal, gravity
    public readonly int ActuatorForce; // [actuator]
    public readonly int ActuatorJointForce; // [dof]
    public readonly int ActuatorDerivative; // [dof] of the joint force by velocity
    public readonly int Smooth; // [dof] all forces but constraints
    public readonly int ConstraintForce; // [dof]

    // Solve.
    public readonly int Factor; // [dof, dof] L of LᵀDL
    public readonly int InverseDiagonal; // [dof] 1/D
    public readonly int DiagonalShift; // [dof]
    public readonly int SmoothAcceleration; // [dof]
    public readonly int Acceleration; // [dof]
    public readonly int RowWeight; // [dof, 3] D; 0 where the row is absent
    public readonly int RowReference; // [dof, 3] aref
    public readonly int RowResidual; // [dof, 3] J a - aref
    public readonly int RowState; // [dof, 3] -1, 0, 1
    public readonly int Gradient; // [dof]
    public readonly int Direction; // [dof]
    public readonly int Product; // [dof] M a, then M · direction
    public readonly int Unsolved; // [1] 1 while the constraint solve goes on
    public readonly int Corrupt; // [1] 1 when the state is not finite

    public readonly int WorkCount;

    // Constants and integers.
    public readonly int ConstantDofs;
    public readonly int ConstantActuators;
    public readonly int ConstantCount;
    public readonly int TopologyDofs;
    public readonly int TopologyActuators;
    public readonly int TopologyCount;

    public Layout(int bodyCount, int dofCount, int actuatorCount)
    {
        BodyCount = bodyCount;
        DofCount = dofCount;
        ActuatorCount = actuatorCount;
        int rows = RowsPerDof * dofCount;
        int next = 0;
        Position = Take(ref next, dofCount);
        Velocity = Take(ref next, dofCount);
        Control = Take(ref next, actuatorCount);
        Enabled = Take(ref next, actuatorCount);
        Applied = Take(ref next, dofCount);
        Sine = Take(ref next, dofCount);
        Cosine = Take(ref next, dofCount);
        Rotation = Take(ref next, 9 * bodyCount);
        Origin = Take(ref next, 3 * bodyCount);
        Motion = Take(ref next, 6 * dofCount);
        Inertia = Take(ref next, 10 * bodyCount);
        Composite = Take(ref next, 10 * bodyCount);
        BodyVelocity = Take(ref next, 6 * bodyCount);
        BodyAcceleration = Take(ref next, 6 * bodyCount);
        BodyForce = Take(ref next, 6 * bodyCount);
        MassMatrix = Take(ref next, dofCount * dofCount);
        Bias = Take(ref next, dofCount);
        ActuatorForce = Take(ref next, actuatorCount);
        ActuatorJointForce = Take(ref next, dofCount);
        ActuatorDerivative = Take(ref next, dofCount);
        Smooth = Take(ref next, dofCount);
        ConstraintForce = Take(ref next, dofCount);
        Factor = Take(ref next, dofCount * dofCount);
        InverseDiagonal = Take(ref next, dofCount);
        DiagonalShift = Take(ref next, dofCount);
        SmoothAcceleration = Take(ref next, dofCount);
        Acceleration = Take(ref next, dofCount);
        RowWeight = Take(ref next, rows);
        RowReference = Take(ref next, rows);
        RowResidual = Take(ref next, rows);
        RowState = Take(ref next, rows);
        Gradient = Take(ref next, dofCount);
        Direction = Take(ref next, dofCount);
        Product = Take(ref next, dofCount);
        Unsolved = Take(ref next, 1);
        Corrupt = Take(ref next, 1);
        WorkCount = next;

        ConstantDofs = ConstantSlots.FirstBody + (ConstantSlots.BodyStride * bodyCount);
        ConstantActuators = ConstantDofs + (ConstantSlots.DofStride * dofCount);
        ConstantCount = ConstantActuators + (ConstantSlots.ActuatorStride * actuatorCount);
        TopologyDofs = TopologySlots.FirstBody + (TopologySlots.BodyStride * bodyCount);
        TopologyActuators = TopologyDofs + (TopologySlots.DofStride * dofCount);
        TopologyCount = TopologyActuators + (TopologySlots.ActuatorStride * actuatorCount);
    }

    /// <summary>Slot of a constant of a body.</summary>
    public static int OfBody(int body, int slot) =>
        ConstantSlots.FirstBody + (ConstantSlots.BodyStride * body) + slot;

    /// <summary>Slot of an integer of a body.</summary>
    public static int IndexOfBody(int body, int slot) =>
        TopologySlots.FirstBody + (TopologySlots.BodyStride * body) + slot;

    /// <summary>Slot of a constant of a dof.</summary>
    public int OfDof(int dof, int slot) => ConstantDofs + (ConstantSlots.DofStride * dof) + slot;

    /// <summary>Slot of a constant of an actuator.</summary>
    public int OfActuator(int actuator, int slot) =>
        ConstantActuators + (ConstantSlots.ActuatorStride * actuator) + slot;

    /// <summary>Slot of an integer of a dof.</summary>
    public int IndexOfDof(int dof, int slot) =>
        TopologyDofs + (TopologySlots.DofStride * dof) + slot;

    /// <summary>Slot of an integer of an actuator.</summary>
    public int IndexOfActuator(int actuator, int slot) =>
        TopologyActuators + (TopologySlots.ActuatorStride * actuator) + slot;

    private static int Take(ref int next, int count)
    {
        int first = next;
        next += count;
        return first;
    }
}
