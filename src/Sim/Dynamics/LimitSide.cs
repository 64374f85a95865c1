namespace HilRig.Sim.Dynamics;

/// <summary>Which of a dof's rows a limit is; row 0 is Coulomb friction.</summary>
internal static class LimitSide
{
    public const int Lower = 1;
    public const int Upper = 2;
}
