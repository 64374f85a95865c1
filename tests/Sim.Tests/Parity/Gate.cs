namespace HilRig.Sim.Tests.Parity;

/// <summary>Limits of the gates in double precision, from the plan of the simulator.</summary>
internal static class Gate
{
    public const double Constants = 1e-10;
    public const double Smooth = 1e-11;
    public const double Rows = 1e-10;
    public const double Solve = 1e-6;
    public const double Cost = 1e-6; // above MuJoCo's, relative
    public const double Resync = 1e-9;
    public const double FreeRun = 1e-8;
    public const double ContactRun = 1e-9;
}
