namespace HilRig.Sim.Tests.Parity;

/// <summary>Kinds of constraint row, in MuJoCo's order and numbers (mjtConstraint).</summary>
internal enum ParityRowKind
{
    Equality,
    DofFriction,
    TendonFriction,
    JointLimit,
    TendonLimit,
    FrictionlessContact,
    PyramidalContact,
    EllipticContact,
}
