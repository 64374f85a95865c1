using System.Runtime.CompilerServices;

namespace HilRig.Sim.Tests.Support;

/// <summary>Where the files of these tests lie in the source tree.</summary>
internal static class TestFiles
{
    public static string Root => Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    public static string ShippedModels => Path.Combine(Root, "models");

    public static string Fixtures => Path.Combine(Root, "tests", "Sim.Tests", "Fixtures");

    public static string FixtureModels => Path.Combine(Fixtures, "models");

    public static string FixtureData => Path.Combine(Fixtures, "data");

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
