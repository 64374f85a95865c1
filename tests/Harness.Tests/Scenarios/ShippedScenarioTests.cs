using System.Text.Json.Nodes;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Tests.Support;

namespace HilRig.Harness.Tests.Scenarios;

internal sealed class ShippedScenarioTests
{
    private static IEnumerable<string> Files() => Repository.Scenarios();

    private static IEnumerable<string> ArmFiles() =>
        Files().Where(file => file.Contains("so101", StringComparison.Ordinal));

    [TestCaseSource(nameof(Files))]
    public void A_shipped_scenario_fits_the_schema(string file)
    {
        var schema = (JsonObject)JsonNode.Parse(
            File.ReadAllText(Repository.File("scenarios/scenario.schema.json")))!;
        Assert.That(
            new JsonSchemaCheck(schema).Faults(YamlToJson.Load(Repository.File(file))), Is.Empty);
    }

    [TestCaseSource(nameof(Files))]
    public void A_shipped_scenario_is_read_and_is_named_after_its_file(string file) => Assert.That(
        Scenario.Load(Repository.File(file)).Name,
        Is.EqualTo(Path.GetFileNameWithoutExtension(file)));

    [TestCaseSource(nameof(ArmFiles))]
    public void A_shipped_scenario_of_the_arm_stays_within_the_rigs_limits(string file)
    {
        ScenarioPlan plan = ScenarioPlan.Make(
            Scenario.Load(Repository.File(file)),
            new Surroundings
            {
                Joints = Bounds.So101(),
                Capabilities = ["position", "gripper", "virtual"],
            });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.MissingCapabilities, Is.Empty);
            Assert.That(File.Exists(plan.Scenario.RigPath), Is.True, plan.Scenario.RigPath);
            Assert.That(plan.Budgets.Divergence, Is.Not.Empty);
        }
    }

    [Test]
    public void All_eight_recordings_have_a_scenario() => Assert.That(
        Files().Count(file => file.Contains("recorded", StringComparison.Ordinal)), Is.EqualTo(8));
}
