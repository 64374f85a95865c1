using System.Text;
using HilRig.Core.Units;

namespace HilRig.Harness.Faults;

/// <summary>
/// Every fault that is built: the one table that scenarios are checked by and docs/faults.md shows.
/// </summary>
public static class FaultCatalogue
{
    /// <summary>Target that means every joint.</summary>
    public const string EveryJoint = "*";

    /// <summary>All rules, by layer and type.</summary>
    public static IReadOnlyList<FaultRule> Rules { get; } =
        [.. BusRules.All, .. LoopRules.All, .. PanelRules.All, .. ProcessRules.All];

    /// <summary>Words a layer knows as targets.</summary>
    /// <param name="layer">The layer.</param>
    public static IEnumerable<string> WordsOf(FaultLayer layer) => Rules
        .Where(rule => rule.Layer == layer)
        .SelectMany(rule => rule.Words)
        .Distinct();

    /// <summary>The rule of a combination; null when it is not built.</summary>
    /// <param name="layer">Layer.</param>
    /// <param name="target">Target, as written.</param>
    /// <param name="type">Type.</param>
    public static FaultRule? Find(FaultLayer layer, string target, FaultType type) => Rules
        .FirstOrDefault(rule => rule.Layer == layer && rule.Type == type && rule.Fits(target));

    /// <summary>What a layer can do, one line for an error message.</summary>
    /// <param name="layer">The layer.</param>
    public static string Possible(FaultLayer layer) => string.Join("; ", Rules
        .Where(rule => rule.Layer == layer)
        .GroupBy(rule => rule.TargetText)
        .Select(group => $"{group.Key}: "
            + string.Join(", ", group.Select(rule => Word(rule.Type)))));

    /// <summary>A layer or type as it is written in files.</summary>
    /// <param name="value">Layer or type.</param>
    public static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>The table of docs/faults.md.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder("| layer | target | type | what happens | parameters | on |\n"
            + "|---|---|---|---|---|---|\n");
        foreach (FaultRule rule in Rules)
        {
            string parameters = string.Join("; ", rule.Parameters.Select(Describe));
            string end = rule.CanEnd ? "" : " (no `for`)";
            text.Append(
                $"| {Word(rule.Layer)} | {rule.TargetText} | {Word(rule.Type)} "
                + $"| {rule.Meaning}{end} | {parameters} | {ScopeText(rule.Scope)} |\n");
        }

        return text.ToString();
    }

    private static string Describe(FaultParameter parameter)
    {
        string kind = parameter.Words.Count > 0 ? string.Join(", ", parameter.Words)
            : parameter.Dimensions.Count == 0 ? "a whole number"
            : string.Join(" or ", parameter.Dimensions.Select(UnitText));
        string or = parameter.IsAlternative ? "or " : "";
        return $"{or}`{parameter.Key}` {parameter.Meaning} ({kind})";
    }

    private static string UnitText(Dimension dimension) =>
        QuantityText.SiSymbol(dimension) is { Length: > 0 } symbol ? symbol : "1";

    private static string ScopeText(FaultScope scope) => scope switch
    {
        FaultScope.AnyPlant => "any plant",
        FaultScope.AnyRig => "any rig",
        FaultScope.VirtualRig => "virtual rig",
        FaultScope.VirtualEmergencyStop => "virtual rig with `emergencyStop`",
    };
}
