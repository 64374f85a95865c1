namespace HilRig.Sim.Tests.Parity;

/// <summary>Fixtures that a gate cannot take yet, each with its reason. Only shrinks.</summary>
internal static class Unready
{
    private static readonly string[] Loader = [];

    private static readonly string[] Dynamics =
    [
        "arm-box", "condim-elliptic", "condim-pyramidal", "contact-rules", "drives", "equality",
        "frames", "gravcomp", "hand", "implicit", "joints", "limits", "meshes", "pairs-box",
        "pairs-capsule", "pairs-cylinder", "pairs-ellipsoid", "pairs-sphere", "quadruped",
        "runge-kutta", "sensors", "smooth-contact", "tendons", "terrain",
    ];

    public static string? Reason(string fixture, string gate) =>
        fixture is "sensors" or "tendons" && gate == "G2" ? $"{fixture}: needs tendons"
        : Loader.Contains(fixture) ? $"{fixture}: the loader does not read it yet"
        : Dynamics.Contains(fixture) && gate is not ("G1" or "G2" or "load")
            ? $"{fixture}: {gate} waits for the dynamics"
            : null;
}
