namespace HilRig.Sim.Tests.Parity;

/// <summary>Gates that a fixture does not pass yet. Only shrinks.</summary>
internal static class Unready
{
    private static readonly Dictionary<string, string> Gates = new()
    {
        ["meshes"] = "G2 G3 G4 G5 G7",
        ["pairs-box"] = "G3 G4",
        ["pairs-capsule"] = "G3 G4",
        ["pairs-cylinder"] = "G3 G4",
        ["pairs-ellipsoid"] = "G3 G4",
        ["pairs-sphere"] = "G3 G4",
        ["terrain"] = "G3 G4 G5 G7",
    };

    public static string? Reason(string fixture, string gate) =>
        Gates.TryGetValue(fixture, out string? gates) && gates.Contains(gate)
            ? $"{fixture} does not pass {gate} yet"
            : null;
}
