using HilRig.Core.Units;

namespace HilRig.Harness.Faults;

/// <summary>A fault that a scenario asks for, checked against the catalogue.</summary>
public sealed record ScenarioFault
{
    /// <summary>The combination.</summary>
    public required FaultRule Rule { get; init; }

    /// <summary>Target as written: a joint, <c>*</c>, or a word of the layer.</summary>
    public required string Target { get; init; }

    /// <summary>Start, since the first measured phase began, s.</summary>
    public required double AtSeconds { get; init; }

    /// <summary>Length, s; null: to the end.</summary>
    public double? ForSeconds { get; init; }

    /// <summary>Parameters by key, SI; words as their index plus one.</summary>
    public required IReadOnlyDictionary<string, Quantity> Values { get; init; }

    /// <summary>File, line and column.</summary>
    public required string Where { get; init; }

    /// <summary>Value of a parameter, SI; 0 when it is absent.</summary>
    /// <param name="key">Its key.</param>
    public double Value(string key) =>
        Values.TryGetValue(key, out Quantity quantity) ? quantity.Value : 0;

    /// <summary>Parameters as text: "by 0.01 s, …".</summary>
    public string ParameterText() => string.Join(
        ", ", Rule.Parameters.Where(one => Values.ContainsKey(one.Key)).Select(TextOf));

    /// <summary>The fault in one line: "bus elbow_flex off".</summary>
    public string Describe()
    {
        string parameters = ParameterText();
        return $"{FaultCatalogue.Word(Rule.Layer)} {Target} {FaultCatalogue.Word(Rule.Type)}"
            + (parameters.Length == 0 ? "" : $" ({parameters})");
    }

    private string TextOf(FaultParameter parameter)
    {
        Quantity value = Values[parameter.Key];
        return parameter.Words.Count > 0
            ? $"{parameter.Key} {parameter.Words[(int)value.Value - 1]}"
            : FormattableString.Invariant(
                $"{parameter.Key} {value.Value} {QuantityText.SiSymbol(value.Dimension)}")
                .TrimEnd();
    }
}
