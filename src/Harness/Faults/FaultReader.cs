using HilRig.Core.Units;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Faults;

/// <summary>Reads the faults of a scenario file; what is not built is refused.</summary>
internal static class FaultReader
{
    /// <summary>Most faults of one scenario.</summary>
    internal const int CountMax = 32;

    private const double SecondsMax = 86_400;

    /// <summary>Reads the list under <c>faults:</c>.</summary>
    internal static IReadOnlyList<ScenarioFault> Read(YamlField? field)
    {
        if (field is null)
        {
            return [];
        }

        IReadOnlyList<YamlField> items = field.Items();
        if (items.Count > CountMax)
        {
            field.Refuse("There are too many faults", $"at most {CountMax}", $"{items.Count}");
        }

        return [.. items.Select(ReadOne).OfType<ScenarioFault>()];
    }

    private static ScenarioFault? ReadOne(YamlField field)
    {
        YamlMap map = field.Map();
        FaultLayer layer = Word<FaultLayer>(map.Required("layer"));
        FaultType type = Word<FaultType>(map.Required("type"));
        string target = map.Required("target").Text();
        double at = map.Required("at").Quantity(Dimension.Time, 0, SecondsMax);
        YamlField? length = map.Optional("for");
        double? lasting = length?.Quantity(Dimension.Time, 0.001, SecondsMax);
        FaultRule? rule = FaultCatalogue.Find(layer, target, type);
        if (rule is null)
        {
            field.Refuse(
                $"There is no fault '{FaultCatalogue.Word(type)}' of '{target}' at the layer "
                    + $"'{FaultCatalogue.Word(layer)}'",
                FaultCatalogue.Possible(layer),
                remedy: "docs/faults.md");
            map.IgnoreRest();
            return null;
        }

        if (length is not null && !rule.CanEnd)
        {
            length.Refuse("This fault lasts to the end of the run", "no 'for'");
        }

        return new ScenarioFault
        {
            Rule = rule,
            Target = target,
            AtSeconds = at,
            ForSeconds = lasting,
            Values = ReadValues(rule, map, field),
            Where = field.Where,
        };
    }

    private static Dictionary<string, Quantity> ReadValues(
        FaultRule rule, YamlMap map, YamlField fault)
    {
        var values = new Dictionary<string, Quantity>();
        foreach (FaultParameter parameter in rule.Parameters)
        {
            YamlField? field = parameter.IsAlternative
                ? map.Optional(parameter.Key)
                : map.Required(parameter.Key);
            if (field is { IsPresent: true })
            {
                values[parameter.Key] = ReadValue(parameter, field);
            }
        }

        string[] ways =
            [.. rule.Parameters.Where(one => one.IsAlternative).Select(one => one.Key)];
        int named = ways.Count(values.ContainsKey);
        if (ways.Length > 0 && named != 1)
        {
            fault.Refuse(
                "This fault needs exactly one way of being wrong",
                "one of " + string.Join(", ", ways),
                named == 0 ? "none" : $"{named}");
        }

        return values;
    }

    private static Quantity ReadValue(FaultParameter parameter, YamlField field)
    {
        if (parameter.Words.Count > 0)
        {
            string word = field.Choice(parameter.Words);
            return new Quantity(
                1 + Math.Max(0, parameter.Words.ToList().IndexOf(word)), Dimension.Ratio);
        }

        if (parameter.Dimensions.Count == 0)
        {
            return new Quantity(
                field.WholeNumber((long)parameter.Min, (long)parameter.Max), Dimension.Ratio);
        }

        Quantity value = field.Quantity([.. parameter.Dimensions]);
        if (!(value.Value >= parameter.Min && value.Value <= parameter.Max))
        {
            string unit = QuantityText.SiSymbol(value.Dimension);
            field.Refuse(
                $"The value of '{field.KeyPath}' does not fit",
                FormattableString.Invariant(
                    $"{parameter.Min} to {parameter.Max} {unit}").TrimEnd(),
                FormattableString.Invariant($"{value.Value} {unit}").TrimEnd());
        }

        return value;
    }

    private static T Word<T>(YamlField field)
        where T : struct, Enum
    {
        string word = field.Choice([.. Enum.GetValues<T>().Select(FaultCatalogue.Word)]);
        return Enum.Parse<T>(word, ignoreCase: true);
    }
}
