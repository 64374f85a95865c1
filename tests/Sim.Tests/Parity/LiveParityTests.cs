using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Parity;

/// <summary>
/// Comparisons that run MuJoCo itself: public models, and that committed fixtures are true.
/// </summary>
internal sealed class LiveParityTests
{
    [Test]
    [CancelAfter(300_000)]
    public void Committed_fixtures_are_what_the_script_makes()
    {
        string folder = Directory.CreateTempSubdirectory("hilrig-fixtures-").FullName;
        try
        {
            FixtureScript.Run(folder);
            string[] made = [.. Names(folder)];
            Assert.That(made, Is.EqualTo(Names(TestFiles.FixtureData)));
            foreach (string name in made)
            {
                string fresh = File.ReadAllText(Path.Combine(folder, name));
                string kept = File.ReadAllText(Path.Combine(TestFiles.FixtureData, name));
                Assert.That(fresh == kept, $"{name} differs: run generate.mjs and look at why");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // The UR5e touches itself with cylinders: a convex search on both sides (docs/parity.md).
    [TestCase("so_arm100_menagerie/so_arm100.xml", Gate.Rows, Gate.Solve, Gate.Resync)]
    [TestCase("so101_therobotstudio/so101_new_calib.xml", Gate.Rows, Gate.Solve, Gate.Resync)]
    [TestCase("so101_therobotstudio/so101_old_calib.xml", Gate.Rows, Gate.Solve, Gate.Resync)]
    [TestCase("ur5e/ur5e.xml", 1e-3, 1e-2, 1e-3)]
    [CancelAfter(300_000)]
    public void Public_model_matches_mujoco(
        string file, double rows, double solve, double resync)
    {
        string? models = Environment.GetEnvironmentVariable("HILRIG_MODELS");
        if (models is null)
        {
            Requirement.Unmet("models", "HILRIG_MODELS does not name a folder of public models");
        }

        string path = Path.Combine(models!, file);
        string target = Path.GetTempFileName();
        try
        {
            FixtureScript.Run(null, "bare", path, target);
            var fixture = new ParityFixture(target);
            Model model = MjcfLoader.Load(path, new MjcfOptions { SkipMeshes = true });
            Assert.Multiple(() =>
            {
                ConstantMeasures.Compare(model, fixture).ShouldBeBelow(Gate.Constants);
                GateMeasures.Smooth(model, fixture).ShouldBeBelow(Gate.Smooth);
                GateMeasures.Rows(model, fixture).ShouldBeBelow(rows);
                GateMeasures.Solve(model, fixture).ShouldBeBelow(solve);
                GateMeasures.Resync(model, fixture).ShouldBeBelow(resync);
                GateMeasures.FreeRun(model, fixture).ShouldBeBelow(Gate.FreeRun);
            });
        }
        finally
        {
            File.Delete(target);
        }
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order();
}
