using System.Text.Json;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Tables;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Tables;

/// <summary>The dump is that of MuJoCo's compiler, field by field.</summary>
internal sealed class DumpParityTests
{
    private static IEnumerable<string> Folders =>
        [TestFiles.FixtureModels, TestFiles.ShippedModels];

    [TestCaseSource(nameof(Folders))]
    [CancelAfter(300_000)]
    public void Every_model_compiles_to_what_mujoco_compiles(string folder)
    {
        string[] models =
        [
            .. Directory.GetFiles(folder, "*.xml").Order()
                .Where(path => !File.ReadAllText(path).Contains("<mujocoinclude")),
        ];
        Assert.That(models, Is.Not.Empty);
        Assert.That(Differences(models), Is.Empty);
    }

    [Test]
    [CancelAfter(300_000)]
    public void A_urdf_compiles_to_what_mujoco_compiles()
    {
        string model = Path.Combine(TestFiles.FixtureModels, "urdf", "lift.urdf");
        Assert.That(Differences([model], "--root", TestFiles.FixtureModels), Is.Empty);
    }

    private static List<string> Differences(string[] models, params string[] options)
    {
        string folder = Directory.CreateTempSubdirectory("hilrig-dump-").FullName;
        try
        {
            FixtureScript.RunScript("dump.mjs", [folder, .. models, .. options]);
            var faults = new List<string>();
            foreach (string model in models)
            {
                string name = Path.GetFileNameWithoutExtension(model);
                using JsonDocument mujoco = JsonDocument.Parse(
                    File.ReadAllText(Path.Combine(folder, name + ".json")));
                using JsonDocument ours = Dump(model);
                faults.AddRange(DumpComparison
                    .Faults(ours.RootElement, mujoco.RootElement)
                    .Select(fault => name + fault));
            }

            return faults;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static JsonDocument Dump(string model)
    {
        using var output = new MemoryStream();
        ModelDump.Write(MjcfLoader.Load(model), output);
        output.Position = 0;
        return JsonDocument.Parse(output);
    }
}
