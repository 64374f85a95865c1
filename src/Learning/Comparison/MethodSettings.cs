using System.Text.Json.Nodes;
using HilRig.Learning.Agents;
using HilRig.Learning.Commands;
using HilRig.Learning.Training;

namespace HilRig.Learning.Comparison;

/// <summary>What of a run's configuration is not what its preset and its task give.</summary>
internal static class MethodSettings
{
    /// <summary>Settings as "name=value", in the order of config.json; empty for none.</summary>
    /// <param name="options">The configuration.</param>
    public static IReadOnlyList<string> Of(TrainingOptions options)
    {
        TaskDefaults defaults = TaskDefaults.Of(options.Task);
        bool isImitation = options.Agent.Algorithm == LearningAlgorithm.Bc;
        TrainingOptions plain = new()
        {
            Task = options.Task,
            Seed = options.Seed,
            Steps = isImitation ? 0 : defaults.Steps,
            Preset = "cpu",
            Demonstrations = defaults.Demonstrations,
            Agent = AgentPresets.Create(options.Agent.Algorithm, options.Preset),
        };
        JsonObject found = Parse(options);
        JsonObject expected = Parse(plain);
        return
        [
            .. Differences(found, expected),
            .. Differences(found["agent"]!.AsObject(), expected["agent"]!.AsObject()),
        ];
    }

    private static JsonObject Parse(TrainingOptions options) =>
        JsonNode.Parse(OptionText.Write(options))!.AsObject();

    private static IEnumerable<string> Differences(JsonObject found, JsonObject expected) =>
        found
            .Where(option => option.Value is not JsonObject
                && !JsonNode.DeepEquals(option.Value, expected[option.Key]))
            .Select(option => $"{option.Key}={option.Value}");
}
