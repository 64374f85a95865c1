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
    public const int BodyFirstDof = 1;
    public const int BodyDofCount = 2;
    public const int BodyStride = 3;

    // One dof.
    public const int DofIsSlide = 0;
    public const int DofBody = 1;
    public const int DofParent = 2; // -1 at the root
    public const int DofHasLimit = 3;
    public const int DofHasSquareImpedance = 4; // power 2, the default: no Pow needed
    public const int DofStride = 5;

    // One actuator.
    public const int ActuatorDof = 0;
    public const int ActuatorStride = 1;
}
