using HilRig.Core.Units;
using HilRig.Harness.Controllers;
using HilRig.Harness.Stimuli;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Scenarios;

/// <summary>Reads a controller of type stimulus.</summary>
internal static class StimulusReader
{
    internal static StimulusRecipe Read(YamlMap map, StimulusTypes types)
    {
        var sequences = new Dictionary<string, IReadOnlyList<StimulusSegment>>();
        YamlField joints = map.Required("joints");
        foreach ((string joint, YamlField field) in joints.Map().Entries())
        {
            IReadOnlyList<YamlField> items = field.IsList ? field.Items() : [field];
            if (items.Count == 0)
            {
                field.Refuse($"The joint '{joint}' has no stimulus");
            }

            sequences[joint] = [.. items.Select(item => ReadSegment(item, types))];
        }

        if (joints.IsPresent && sequences.Count == 0)
        {
            joints.Refuse("No joint has a stimulus");
        }

        return new StimulusRecipe(sequences, map.Where);
    }

    private static StimulusSegment ReadSegment(YamlField item, StimulusTypes types)
    {
        YamlMap map = item.Map();
        double? at = map.Optional("at")?.Quantity(Dimension.Time, 0, double.PositiveInfinity);
        IStimulus stimulus = types.Read(map, out Dimension? dimension);
        return new StimulusSegment(at, stimulus, dimension, item.Where);
    }
}
