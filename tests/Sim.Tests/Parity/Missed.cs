namespace HilRig.Sim.Tests.Parity;

/// <summary>
/// Gates that a fixture misses, with the bound that is held instead. docs/parity.md tells each with
/// its number and reason; the gate itself is never moved.
/// </summary>
internal static class Missed
{
    private static readonly Dictionary<(string, string), double> Bounds = new()
    {
        [("meshes", "G3")] = 10,
        [("meshes", "G4")] = 300,
        [("meshes", "G5")] = 5,
        [("meshes", "G7")] = 10,
        [("pairs-box", "G3")] = 10,
        [("pairs-box", "G4")] = 0.5,
        [("pairs-capsule", "G3")] = 0.0001,
        [("pairs-capsule", "G4")] = 0.001,
        [("pairs-cylinder", "G3")] = 10,
        [("pairs-cylinder", "G4")] = 1000,
        [("pairs-ellipsoid", "G3")] = 0.0001,
        [("pairs-ellipsoid", "G4")] = 0.001,
        [("pairs-sphere", "G3")] = 0.001,
        [("pairs-sphere", "G4")] = 0.01,
        [("terrain", "G3")] = 10,
        [("terrain", "G4")] = 20,
        [("terrain", "G5")] = 2,
        [("terrain", "G7")] = 2,
    };

    /// <summary>The bound to hold; null where the gate is.</summary>
    public static double? Bound(string fixture, string gate) =>
        Bounds.TryGetValue((fixture, gate), out double bound) ? bound : null;
}
