using HilRig.Harness.Yaml;

namespace HilRig.Rig.Files;

/// <summary>Keys that some rigs must have and others need not.</summary>
internal static class YamlKeys
{
    /// <summary>The value of a key; null when it is absent and may be.</summary>
    /// <param name="map">The keys.</param>
    /// <param name="key">Which one.</param>
    /// <param name="isRequired">Whether its absence is a fault.</param>
    public static YamlField? Field(this YamlMap map, string key, bool isRequired) =>
        isRequired ? map.Required(key) : map.Optional(key);
}
