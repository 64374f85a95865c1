namespace HilRig.Sim.Dynamics;

/// <summary>
/// Offsets inside one body's, dof's or actuator's block of model constants. SI units; derived
/// numbers are those that depend on the model and the time step only.
/// </summary>
internal static class ConstantSlots
{
    // Start of all constants.
    public const int TimeStep = 0;
    public const int Gravity = 1;
    public const int MeanInertia = 4; // of the diagonal of M at the reference position; derived
    public const int FirstBody = 5;

    // One body.
    public const int BodyRotation = 0; // [9] rotation to the parent, by rows
    public const int BodyPosition = 9; // [3] m, in the parent's frame
    public const int BodyMass = 12; // kg
    public const int BodyCenter = 13; // [3] m, in the body's frame
    public const int BodyInertia = 16; // [6] kg·m² about the centre: XX YY ZZ XY XZ YZ
    public const int BodyGravityCompensation = 22; // part of its weight, 0 where gravity is off
    public const int BodyInverseTranslation = 23; // mean of J M⁻¹ Jᵀ at the centre, 1/kg; derived
    public const int BodyInverseRotation = 24; // mean of J M⁻¹ Jᵀ, 1/(kg·m²); derived
    public const int BodyStride = 25;

    // One joint.
    public const int Anchor = 0; // [3] m, in the body's frame
    public const int Axis = 3; // [3] unit, in the body's frame
    public const int Reference = 6; // [7] position at which the body is as drawn
    public const int Stiffness = 13;
    public const int SpringReference = 14; // [7] position at which the spring is at rest
    public const int HingeFixed = 21; // [9] A of HingePhases; these five are derived
    public const int HingeCosine = 30; // [9] B
    public const int HingeSine = 39; // [9] C
    public const int HingeAxis = 48; // [3] unit, in the parent's frame
    public const int HingeAnchor = 51; // [3] m, in the parent's frame; a tree's first body its own
    public const int JointStride = 54;

    // One dof.
    public const int Damping = 0;
    public const int Armature = 1;
    public const int ActuatorForceMin = 2;
    public const int ActuatorForceMax = 3;
    public const int RangeMin = 4;
    public const int RangeMax = 5;
    public const int Margin = 6;
    public const int InverseWeight = 7; // diagonal of M⁻¹ at the reference position

    // One dof: derived.
    public const int LimitStiffness = 8; // K, 1/s²
    public const int LimitDamping = 9; // B, 1/s
    public const int ImpedanceMin = 10;
    public const int ImpedanceMax = 11;
    public const int InverseWidth = 12;
    public const int Midpoint = 13;
    public const int Power = 14;
    public const int BelowScale = 15; // midpoint^(1 - power)
    public const int AboveScale = 16; // (1 - midpoint)^(1 - power)
    public const int FrictionDamping = 17; // B, 1/s
    public const int FrictionWeight = 18; // D = 1/R; 0 without friction loss

    // One dof: softness, primary.
    public const int FrictionLoss = 19;
    public const int LimitReference = 20; // [2] solref
    public const int LimitImpedance = 22; // [5] solimp
    public const int FrictionReference = 27; // [2] solref
    public const int FrictionImpedance = 29; // [5] solimp
    public const int DofStride = 34;

    // One actuator.
    public const int Gear = 0; // [6]
    public const int Gain = 6;
    public const int Gain1 = 7; // by length
    public const int Gain2 = 8; // by velocity
    public const int Bias0 = 9;
    public const int Bias1 = 10; // by length
    public const int Bias2 = 11; // by velocity
    public const int ControlMin = 12;
    public const int ControlMax = 13;
    public const int ForceMin = 14;
    public const int ForceMax = 15;
    public const int ActivationMin = 16;
    public const int ActivationMax = 17;
    public const int TimeConstant = 18; // s
    public const int ActivationRate = 19; // 1/τ of a filter, 1 of an integrator; derived
    public const int ActivationLeak = 20; // 1 of a filter, 0 of an integrator
    public const int ActivationStep = 21; // s, h or τ (1 - exp(-h/τ)); derived
    public const int ActuatorStride = 22;

    // One tendon.
    public const int TendonStiffness = 0;
    public const int TendonDamping = 1;
    public const int TendonArmature = 2;
    public const int TendonSpringMin = 3; // shortest length at which the spring is at rest
    public const int TendonSpringMax = 4;
    public const int TendonForceMin = 5; // of all its actuators together
    public const int TendonForceMax = 6;
    public const int TendonInverseWeight = 7; // c M⁻¹ cᵀ at the reference position; derived
    public const int TendonStride = 8; // and one coefficient a joint, kept apart

    // One site.
    public const int SitePosition = 0; // [3] m, in the body's frame
    public const int SiteRotation = 3; // [9] rotation to the body, by rows
    public const int SiteSize = 12; // [3] m, of its volume
    public const int SiteStride = 15;
}
