using System.Globalization;
using System.Text;
using HilRig.Sim.Gradients;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Gradients;

/// <summary>
/// The work of a step, phase by phase, is what the committed tables say: more of it is a slower
/// simulator, however a machine times it.
/// </summary>
internal sealed class OperationCountTests
{
    // HILRIG_GOLDEN=write writes the tables after a change to the phases.
    [TestCase("arm7")]
    [TestCase("tree")]
    public void A_step_does_the_operations_that_its_table_says(string name)
    {
        Model model = MjcfLoader.Load(Path.Combine(TestFiles.FixtureModels, name + ".xml"));
        string table = Table(FlopCount.Of(model));
        string file = Path.Combine(TestFiles.Fixtures, "operations", name + ".csv");
        if (Environment.GetEnvironmentVariable("HILRIG_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, table);
        }

        Assert.That(table, Is.EqualTo(File.ReadAllText(file)));
    }

    private static string Table(FlopCount count)
    {
        var text = new StringBuilder("phase,flops,additions,products,fused,divisions,roots,")
            .Append("functions,choices,loads,stores\n");
        foreach ((string phase, OperationCount n) in count.Phases)
        {
            Append(text, phase, n);
        }

        Append(text, "total", count.Total);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string phase, OperationCount n) => text.Append(
        CultureInfo.InvariantCulture,
        $"{phase},{n.Flops},{n.Additions},{n.Products},{n.Fused},{n.Divisions},{n.Roots},"
        + $"{n.Functions},{n.Choices},{n.Loads},{n.Stores}\n");
}
