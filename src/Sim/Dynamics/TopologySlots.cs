namespace HilRig.Sim.Dynamics;

/// <summary>Offsets of the model's integers.</summary>
internal static class TopologySlots
{
    // Start of all integers.
    public const int Integration = 0; // an IntegrationRule
    public const int IterationMax = 1; // of the constraint solve
    public const int FirstBody = 2;

    // One body.
    public const int BodyParent = 0;
    public const int BodyCarrier = 1; // nearest body above that moves, or the world
    public const int BodyRoot = 2; // body below the world that its tree begins with
    public const int BodyPlacement = 3; // a BodyPlacement
    public const int BodyMoves = 4; // 1 when a joint is at or above it
    public const int BodyFirstJoint = 5;
    public const int BodyJointCount = 6;
    public const int BodyFirstDof = 7;
    public const int BodyDofCount = 8;
    public const int BodyStride = 9;

    // One joint.
    public const int JointKind = 0; // a JointType
    public const int JointBody = 1;
    public const int JointPosition = 2; // first of its numbers in the position vector
    public const int JointDof = 3; // first of its dofs
    public const int JointStride = 4;

    // One dof.
    public const int DofBody = 0;
    public const int DofParent = 1; // -1 at the root
    public const int DofLast = 2; // last dof of the subtree that begins with this one
    public const int DofJoint = 3;
    public const int DofPosition = 4; // place in the position vector, of a slide or hinge; else -1
    public const int DofHasLimit = 5; // of a slide or hinge
    public const int DofHasSquareImpedance = 6; // power 2, the default: no Pow needed
    public const int DofStride = 7;

    // One actuator.
    public const int ActuatorDof = 0;
    public const int ActuatorStride = 1;
}
