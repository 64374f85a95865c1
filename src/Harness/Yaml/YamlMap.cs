using YamlDotNet.RepresentationModel;

namespace HilRig.Harness.Yaml;

/// <summary>
/// A map of a YAML file. Keys that nobody asked for are faults, so asking is what makes a key
/// known.
/// </summary>
public sealed class YamlMap
{
    private readonly YamlDocument _document;
    private readonly YamlMappingNode? _node;
    private readonly Dictionary<string, YamlField> _asked = new(StringComparer.Ordinal);
    private bool _namesAreFree;

    internal YamlMap(YamlDocument document, YamlMappingNode? node, string path)
    {
        _document = document;
        _node = node;
        KeyPath = path;
    }

    /// <summary>Keys that lead here, joined by dots; empty at the top.</summary>
    public string KeyPath { get; }

    /// <summary>File, line and column.</summary>
    public string Where => _node is null ? _document.DisplayPath : _document.Place(_node);

    /// <summary>The document, for its path and faults.</summary>
    public YamlDocument Document => _document;

    /// <summary>The value of a key that must be there; its absence is a fault.</summary>
    /// <param name="key">Key.</param>
    public YamlField Required(string key)
    {
        YamlField? field = Optional(key);
        if (field is null)
        {
            if (_node is not null)
            {
                _document.Faults.Add(new YamlFault(
                    Where, $"The key '{Join(key)}' is missing", $"a line '{key}: …'"));
            }

            field = _asked[key] = new YamlField(_document, null, Join(key));
        }

        return field;
    }

    /// <summary>The value of a key that may be absent; null when it is.</summary>
    /// <param name="key">Key.</param>
    public YamlField? Optional(string key)
    {
        if (_asked.TryGetValue(key, out YamlField? known))
        {
            return known.IsPresent ? known : null;
        }

        YamlNode? node = Find(key);
        var field = new YamlField(_document, node, Join(key));
        _asked[key] = field;
        return node is null ? null : field;
    }

    /// <summary>Every key and value of a map whose keys are names the user chose.</summary>
    public IReadOnlyList<KeyValuePair<string, YamlField>> Entries()
    {
        _namesAreFree = true;
        var entries = new List<KeyValuePair<string, YamlField>>();
        foreach (KeyValuePair<YamlNode, YamlNode> child in Children)
        {
            string name = (child.Key as YamlScalarNode)?.Value ?? "";
            if (!_asked.TryGetValue(name, out YamlField? field))
            {
                field = _asked[name] = new YamlField(_document, child.Value, Join(name));
            }

            entries.Add(new KeyValuePair<string, YamlField>(name, field));
        }

        return entries;
    }

    /// <summary>Lets the other keys be: what they should have been is not known.</summary>
    internal void IgnoreRest() => _namesAreFree = true;

    /// <summary>Every key somebody asked for, present or not.</summary>
    internal IReadOnlyDictionary<string, YamlField> Asked => _asked;

    internal void ReportUnknownKeys()
    {
        foreach (KeyValuePair<YamlNode, YamlNode> child in Children)
        {
            string key = (child.Key as YamlScalarNode)?.Value ?? "";
            if (_asked.TryGetValue(key, out YamlField? field))
            {
                field.ReportUnknownKeys();
            }
            else if (!_namesAreFree)
            {
                string? nearest = NearestName.Of(key, _asked.Keys);
                _document.Faults.Add(new YamlFault(
                    _document.Place(child.Key),
                    $"The key '{Join(key)}' is not known",
                    "one of " + string.Join(", ", _asked.Keys.Order(StringComparer.Ordinal)),
                    null,
                    nearest is null ? null : $"'{nearest}'"));
            }
        }
    }

    private IEnumerable<KeyValuePair<YamlNode, YamlNode>> Children =>
        _node is null ? [] : _node.Children;

    private YamlNode? Find(string key)
    {
        foreach (KeyValuePair<YamlNode, YamlNode> child in Children)
        {
            if (child.Key is YamlScalarNode scalar && scalar.Value == key)
            {
                return child.Value;
            }
        }

        return null;
    }

    private string Join(string key) => KeyPath.Length == 0 ? key : $"{KeyPath}.{key}";
}
