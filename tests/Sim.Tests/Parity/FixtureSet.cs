using System.Collections.Concurrent;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Parity;

/// <summary>
/// Own models and MuJoCo's word on them. With Node the fixtures are made when the first test asks
/// (200 states each, seconds); else the committed ones serve, which hold fewer states.
/// </summary>
internal static class FixtureSet
{
    private static readonly string[] Shipped =
        ["so101", "so101-hidden", "pendulum", "pendulum-xl330"];

    private static readonly Lazy<string> Folder = new(MakeFolder);
    private static readonly ConcurrentDictionary<string, Lazy<ParityFixture>> Fixtures = [];

    /// <summary>Names of all own models.</summary>
    public static IEnumerable<string> Names =>
        Shipped.Concat(Directory.GetFiles(TestFiles.FixtureModels, "*.xml")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal));

    /// <summary>Whether the fixtures are of full size.</summary>
    public static bool Full => Folder.Value != TestFiles.FixtureData;

    public static ParityFixture Fixture(string name) => Fixtures.GetOrAdd(
        name,
        key => new(() => new ParityFixture(Path.Combine(Folder.Value, key + ".json")))).Value;

    public static Model Load(string name) => MjcfLoader.Load(PathOf(name));

    public static string PathOf(string name) => Path.Combine(
        Shipped.Contains(name) ? TestFiles.ShippedModels : TestFiles.FixtureModels, name + ".xml");

    private static string MakeFolder()
    {
        if (!FixtureScript.CanRun)
        {
            return TestFiles.FixtureData;
        }

        string folder = Directory.CreateTempSubdirectory("hilrig-parity-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        FixtureScript.Run(null, "full", folder);
        return folder;
    }
}
