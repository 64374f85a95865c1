namespace HilRig.Sim.Dynamics;

/// <summary>Offsets of the model's integers.</summary>
internal static class TopologySlots
{
    // Start of all integers.
    public const int Integration = 0; // an IntegrationRule
    public const int IterationMax = 1; // of the constraint solve
    public const int HasGravityCompensation = 2;
    public const int HasTendonForceRange = 3;
    public const int HasTendonArmature = 4;
    public const int HasCoupledDerivative = 5; // a velocity-dependent force acts on several dofs
    public const int HasMoments = 6; // an actuator acts on more than one slide or hinge
    public const int HasRareForces = 7; // springs of balls, compensated gravity
    public const int HasFloatingBodies = 8; // any JointFloatsAlone
    public const int HasBalls = 9; // any ball or free joint
    public const int HasSites = 10; // an actuator acts on a site
    public const int HasTwinFactor = 11; // the implicit step's matrix is M and a diagonal
    public const int FirstBody = 12;

    // One body.
    public const int BodyParent = 0;
    public const int BodyCarrier = 1; // nearest body above that moves, or the world
    public const int BodyRoot = 2; // body below the world that its tree begins with
    public const int BodyPlacement = 3; // a BodyPlacement
    public const int BodyMoves = 4; // 1 when a joint is at or above it; 2 for a plain slider
    public const int BodyFirstJoint = 5;
    public const int BodyJointCount = 6;
    public const int BodyFirstDof = 7;
    public const int BodyDofCount = 8;
    public const int BodyLastDof = 9; // last dof at or above it, or -1
    public const int BodyIsHinge = 10; // one hinge and no other joint
    public const int BodyHasAnchor = 11; // that hinge is not at the body's origin
    public const int BodyStride = 12;

    // One joint.
    public const int JointKind = 0; // a JointType
    public const int JointBody = 1;
    public const int JointPosition = 2; // first of its numbers in the position vector
    public const int JointDof = 3; // first of its dofs
    public const int JointHasSpring = 4; // of a ball or free joint
    public const int JointGravityIsActuated = 5;
    public const int JointFloatsAlone = 6; // the free joint of a body that carries no other mass
    public const int JointStride = 7;

    // One dof.
    public const int DofBody = 0;
    public const int DofParent = 1; // -1 at the root
    public const int DofLast = 2; // last dof of the subtree that begins with this one
    public const int DofJoint = 3;
    public const int DofPosition = 4; // place in the position vector, of a slide or hinge; else -1
    public const int DofHasLimit = 5; // of a slide or hinge
    public const int DofHasSquareImpedance = 6; // power 2, the default: no Pow needed
    public const int DofHasForceRange = 7;
    public const int DofStride = 8;

    // One actuator.
    public const int ActuatorDrive = 0; // a DriveKind
    public const int ActuatorTarget = 1; // joint, tendon or site
    public const int ActuatorDof = 2; // first dof of the joint
    public const int ActuatorPosition = 3; // first place of the joint in the position vector
    public const int ActuatorActivation = 4; // place in the activation vector, or -1
    public const int ActuatorIsEarly = 5;
    public const int ActuatorHasAffineGain = 6;
    public const int ActuatorFirstMoment = 7;
    public const int ActuatorMomentCount = 8;
    public const int ActuatorWraps = 9; // a servo of a ball: its set point is an angle
    public const int ActuatorIsExact = 10; // the activation's filter is integrated exactly
    public const int ActuatorStride = 11;

    // One tendon.
    public const int TendonFirst = 0; // first of its joints
    public const int TendonCount = 1;
    public const int TendonStride = 2;

    // One joint of a tendon.
    public const int TermDof = 0;
    public const int TermPosition = 1;
    public const int TermStride = 2;
}
