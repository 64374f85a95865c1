using System.Text.Json.Nodes;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Tests.Support;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Tests.Scenarios;

/// <summary>
/// The schema that editors use and the reader that decides must know the same keys.
/// </summary>
internal sealed class ScenarioSchemaTests
{
    private const string Head = """
        schema: 1
        name: full
        description: all keys
        rig: rig.yaml
        requires: [position]
        twin: { enabled: true, model: m.xml }
        rate: 250 Hz
        seed: 3
        repeats: 2
        approach: { pose: { a: 0 rad }, time: 1 s, settle: 0.1 s }
        duration: 9 s
        budgets:
          latency: { endToEnd: { p50: 1 ms, p90: 1 ms, p99: 1 ms, p999: 1 ms, max: 1 ms } }
          divergence:
            joint/a/position:
              rmse: 1 rad
              mae: 1 rad
              maxAbs: 1 rad
              offset: 1 rad
              residualRmse: 1 rad
              delay: 1 ms
              noiseMultiple: 3
              band: { absolute: 1 rad, relative: 1 %, leading: 1 ms, lagging: 1 ms, outside: 1 % }
          missedTicks: 1 %
        inconclusive: { ticksMin: 5, needsRealTime: true }

        """;

    private const string RecordedHead = """
        schema: 1
        name: recorded
        plant: { type: recorded, log: a.csv, joint: a }
        twin: { enabled: false }
        rate: 200 Hz

        """;

    private readonly JsonObject _schema = (JsonObject)JsonNode.Parse(
        File.ReadAllText(Repository.File("scenarios/scenario.schema.json")))!;

    private static IEnumerable<TestCaseData> Texts() => AllTexts().Select(text =>
        new TestCaseData(text).SetArgDisplayNames(text.Split("controller: ")[^1]));

    private static IEnumerable<string> AllTexts() =>
    [
        Stimulus("{ type: step, at: 0 s, to: 0.1 rad, speed: 1 rad/s }"),
        Stimulus("[{ type: ramp, at: 0 s, to: 0.1 rad, time: 1 s }]"),
        Stimulus("{ type: hold, at: 0 s, time: 1 s }"),
        Stimulus("{ type: sine, at: 0 s, amplitude: 0.1 rad, frequency: 1 Hz, cycles: 2 }"),
        Stimulus("{ type: sine, amplitude: 0.1 rad, frequency: 1 Hz, time: 2 s }"),
        Stimulus("{ type: chirp, at: 0 s, amplitude: 5 deg, from: 1 Hz, to: 2 Hz, time: 1 s }"),
        Head + "controller: { type: replay, log: a.csv, joint: a }",
        Head + "controller: { type: policy, manifest: hold.json }",
        RecordedHead + "controller: { type: replay }",
    ];

    [TestCaseSource(nameof(Texts))]
    public void Schema_and_reader_know_the_same_keys(string text)
    {
        YamlDocument document = YamlDocument.Parse(text, "full.yaml");
        new ScenarioReader(ScenarioTypes.CreateDefault()).Read(document);
        JsonNode? value = YamlToJson.Parse(text);
        Assert.That(new JsonSchemaCheck(_schema).Faults(value), Is.Empty);
        Compare(document.Root, _schema, value, "$");
    }

    [TestCaseSource(nameof(Texts))]
    public void An_unknown_key_is_refused_by_both(string text)
    {
        string wrong = text + "\nnonsense: 1\n";
        Assert.That(new JsonSchemaCheck(_schema).Faults(YamlToJson.Parse(wrong)), Is.Not.Empty);
        Assert.That(
            () => new ScenarioReader(ScenarioTypes.CreateDefault())
                .Read(YamlDocument.Parse(wrong, "full.yaml")),
            Throws.TypeOf<HilRig.Core.Errors.ScenarioException>());
    }

    private static string Stimulus(string text) =>
        Head + "controller: { type: stimulus, joints: { a: " + text + " } }";

    private void Compare(YamlMap map, JsonObject schema, JsonNode? value, string path)
    {
        JsonObject resolved = Pick(schema, value);
        if (resolved["properties"] is JsonObject properties)
        {
            Assert.That(
                map.Asked.Keys, Is.EquivalentTo(properties.Select(item => item.Key)), path);
        }

        foreach ((string key, YamlField field) in map.Asked)
        {
            JsonObject? child = resolved["properties"]?[key] as JsonObject
                ?? resolved["additionalProperties"] as JsonObject;
            JsonNode? childValue = value?[key];
            if (field.IsMap && child is not null)
            {
                Compare(field.Map(), child, childValue, $"{path}.{key}");
            }

            foreach (YamlField item in field.IsList && child is not null ? field.Items() : [])
            {
                JsonObject list = Pick(child!, childValue);
                if (item.IsMap && list["items"] is JsonObject items)
                {
                    Compare(item.Map(), items, childValue![0], $"{path}.{key}[]");
                }
            }
        }
    }

    // The one choice of a oneOf that the value fits.
    private JsonObject Pick(JsonObject schema, JsonNode? value)
    {
        var check = new JsonSchemaCheck(_schema);
        JsonObject resolved = check.Resolve(schema);
        if (resolved["oneOf"] is not JsonArray choices || resolved.ContainsKey("properties"))
        {
            return resolved;
        }

        foreach (JsonObject choice in choices.OfType<JsonObject>())
        {
            var probe = new JsonObject { ["$defs"] = _schema["$defs"]!.DeepClone() };
            foreach (KeyValuePair<string, JsonNode?> rule in check.Resolve(choice))
            {
                probe[rule.Key] = rule.Value?.DeepClone();
            }

            if (new JsonSchemaCheck(probe).Faults(value).Count == 0)
            {
                return Pick(choice, value);
            }
        }

        return resolved;
    }
}
