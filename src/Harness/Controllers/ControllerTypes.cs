using HilRig.Harness.Stimuli;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Controllers;

/// <summary>
/// What <c>controller.type</c> may be. Your own: one <see cref="IControllerRecipe"/>, one
/// <see cref="Register"/>.
/// </summary>
public sealed class ControllerTypes
{
    private readonly SortedDictionary<string, Func<YamlMap, IControllerRecipe>> _types =
        new(StringComparer.Ordinal);

    /// <summary>Adds a type, or replaces the one of that name.</summary>
    /// <param name="name">What <c>type:</c> says.</param>
    /// <param name="read">Makes the recipe from its map.</param>
    public void Register(string name, Func<YamlMap, IControllerRecipe> read) => _types[name] = read;

    /// <summary>
    /// Reads a controller; a fault and one that does nothing when its type is unknown.
    /// </summary>
    internal IControllerRecipe Read(YamlMap map)
    {
        int before = map.Document.Faults.All.Count;
        string type = map.Required("type").Choice([.. _types.Keys]);
        if (map.Document.Faults.All.Count == before)
        {
            return _types[type](map);
        }

        map.IgnoreRest();
        return new StimulusRecipe(
            new Dictionary<string, IReadOnlyList<StimulusSegment>>(), map.Where);
    }
}
