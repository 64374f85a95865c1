using System.Globalization;
using HilRig.Core.Units;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace HilRig.Harness.Yaml;

/// <summary>
/// One value of a YAML file. Each conversion reports a fault and gives a harmless default when the
/// value is not of that type, so that one reading finds all faults.
/// </summary>
public sealed class YamlField
{
    private readonly YamlDocument _document;
    private readonly YamlNode? _node;
    private YamlMap? _map;
    private IReadOnlyList<YamlField>? _items;

    internal YamlField(YamlDocument document, YamlNode? node, string path)
    {
        _document = document;
        _node = node;
        KeyPath = path;
    }

    /// <summary>Whether the file has it.</summary>
    public bool IsPresent => _node is not null;

    /// <summary>Whether it is a list.</summary>
    public bool IsList => _node is YamlSequenceNode;

    /// <summary>Whether it is a map.</summary>
    public bool IsMap => _node is YamlMappingNode;

    /// <summary>Keys that lead here, joined by dots.</summary>
    public string KeyPath { get; }

    /// <summary>File, line and column.</summary>
    public string Where => _node is null ? _document.DisplayPath : _document.Place(_node);

    /// <summary>Text; empty is a fault.</summary>
    public string Text()
    {
        if (_node is YamlScalarNode { Value.Length: > 0 } scalar)
        {
            return scalar.Value;
        }

        Wrong("text");
        return "";
    }

    /// <summary>One of a few words.</summary>
    /// <param name="words">Allowed words; the first is the default after a fault.</param>
    public string Choice(params IReadOnlyList<string> words)
    {
        if (_node is YamlScalarNode { Value: { } value } && words.Contains(value))
        {
            return value;
        }

        string? nearest = NearestName.Of((_node as YamlScalarNode)?.Value ?? "", words);
        Wrong("one of " + string.Join(", ", words), nearest is null ? null : $"'{nearest}'");
        return words[0];
    }

    /// <summary>true or false.</summary>
    public bool Flag() => Choice("false", "true") == "true";

    /// <summary>A whole number.</summary>
    /// <param name="min">Lowest allowed.</param>
    /// <param name="max">Highest allowed.</param>
    public int Integer(int min = int.MinValue, int max = int.MaxValue) =>
        (int)WholeNumber(min, max);

    /// <summary>A whole number of up to 63 bits.</summary>
    /// <param name="min">Lowest allowed.</param>
    /// <param name="max">Highest allowed.</param>
    public long WholeNumber(long min, long max)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        if (Plain() is { } text
            && long.TryParse(text, NumberStyles.AllowLeadingSign, culture, out long value)
            && value >= min
            && value <= max)
        {
            return value;
        }

        string range = (min, max) switch
        {
            (int.MinValue, int.MaxValue) => "a whole number",
            (_, int.MaxValue or long.MaxValue) => $"a whole number of at least {min}",
            _ => $"a whole number from {min} to {max}",
        };
        Wrong(range);
        return min is int.MinValue or long.MinValue ? 0 : min;
    }

    /// <summary>A number without a unit.</summary>
    public double Number()
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        if (Plain() is { } text
            && double.TryParse(text, NumberStyles.Float, culture, out double value)
            && double.IsFinite(value))
        {
            return value;
        }

        Wrong("a number without a unit");
        return 0;
    }

    /// <summary>A number with a unit of one dimension; SI comes out.</summary>
    /// <param name="dimension">Which dimension.</param>
    public double Quantity(Dimension dimension) => Quantity([dimension]).Value;

    /// <summary>A number with a unit of one dimension, within a range.</summary>
    /// <param name="dimension">Which dimension.</param>
    /// <param name="min">Lowest allowed, SI.</param>
    /// <param name="max">Highest allowed, SI.</param>
    public double Quantity(Dimension dimension, double min, double max)
    {
        int before = _document.Faults.All.Count;
        double value = Quantity(dimension);
        if (_document.Faults.All.Count == before && IsPresent && !(value >= min && value <= max))
        {
            string unit = QuantityText.SiSymbol(dimension);
            string range = double.IsPositiveInfinity(max)
                ? FormattableString.Invariant($"at least {min} {unit}")
                : FormattableString.Invariant($"{min} to {max} {unit}");
            Wrong(range.TrimEnd());
            return Math.Clamp(value, min, max);
        }

        return value;
    }

    /// <summary>A number with a unit of one of several dimensions; SI comes out.</summary>
    /// <param name="dimensions">Which dimensions.</param>
    public Quantity Quantity(params ReadOnlySpan<Dimension> dimensions)
    {
        if (_node is YamlScalarNode { Value: { } text })
        {
            if (QuantityText.TryParse(text, dimensions, out Quantity quantity, out string fault))
            {
                return quantity;
            }

            _document.Faults.Add(new YamlFault(
                Where,
                $"The value of '{KeyPath}' does not fit",
                QuantityText.Describe(dimensions),
                fault));
        }
        else
        {
            Wrong(QuantityText.Describe(dimensions));
        }

        return new Quantity(0, dimensions[0]);
    }

    /// <summary>A map.</summary>
    public YamlMap Map()
    {
        if (_map is null)
        {
            if (_node is not YamlMappingNode)
            {
                Wrong("keys with values");
            }

            _map = new YamlMap(_document, _node as YamlMappingNode, KeyPath);
        }

        return _map;
    }

    /// <summary>The items of a list.</summary>
    public IReadOnlyList<YamlField> Items()
    {
        if (_items is null)
        {
            if (_node is not YamlSequenceNode)
            {
                Wrong("a list");
            }

            var items = new List<YamlField>();
            foreach (YamlNode child in (_node as YamlSequenceNode)?.Children ?? [])
            {
                items.Add(new YamlField(_document, child, $"{KeyPath}[{items.Count}]"));
            }

            _items = items;
        }

        return _items;
    }

    /// <summary>Adds a fault of the caller's own at this place.</summary>
    /// <param name="what">What is wrong.</param>
    /// <param name="expected">What would have been right.</param>
    /// <param name="found">What is there.</param>
    /// <param name="remedy">What to try.</param>
    public void Refuse(
        string what, string? expected = null, string? found = null, string? remedy = null) =>
        _document.Faults.Add(new YamlFault(Where, what, expected, found, remedy));

    internal void ReportUnknownKeys()
    {
        _map?.ReportUnknownKeys();
        foreach (YamlField item in _items ?? [])
        {
            item.ReportUnknownKeys();
        }
    }

    private string? Plain() =>
        _node is YamlScalarNode { Style: ScalarStyle.Plain } scalar ? scalar.Value : null;

    private void Wrong(string expected, string? remedy = null)
    {
        if (_node is null)
        {
            return;
        }

        string found = _node switch
        {
            YamlScalarNode { Value.Length: > 0 } scalar => $"'{scalar.Value}'",
            YamlScalarNode => "nothing",
            YamlSequenceNode => "a list",
            _ => "keys with values",
        };
        _document.Faults.Add(new YamlFault(
            Where, $"The value of '{KeyPath}' does not fit", expected, found, remedy));
    }
}
