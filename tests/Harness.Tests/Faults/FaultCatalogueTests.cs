using System.Text.Json.Nodes;
using HilRig.Harness.Faults;
using HilRig.Harness.Tests.Support;

namespace HilRig.Harness.Tests.Faults;

internal sealed class FaultCatalogueTests
{
    [Test]
    public void The_document_shows_the_table_that_scenarios_are_checked_by() => Assert.That(
        File.ReadAllText(Repository.File("docs/faults.md")),
        Does.Contain(FaultCatalogue.Markdown()));

    [Test]
    public void The_schema_knows_every_parameter()
    {
        JsonNode fault = JsonNode.Parse(File.ReadAllText(
            Repository.File("scenarios/scenario.schema.json")))!["$defs"]!["fault"]!["properties"]!;
        Assert.That(
            FaultCatalogue.Rules.SelectMany(rule => rule.Parameters).Select(one => one.Key)
                .Where(key => fault[key] is null),
            Is.Empty);
    }

    [Test]
    public void No_combination_stands_twice() => Assert.That(
        FaultCatalogue.Rules.Select(rule => (rule.Layer, rule.Type, rule.TargetText)),
        Is.Unique);
}
