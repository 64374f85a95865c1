using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace HilRig.Harness.Tests.Support;

/// <summary>
/// YAML as JSON, by the core schema: plain true, false and numbers get their types.
/// </summary>
internal static class YamlToJson
{
    public static JsonNode? Load(string path) => Parse(File.ReadAllText(path));

    public static JsonNode? Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Convert(stream.Documents[0].RootNode);
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(child =>
            new KeyValuePair<string, JsonNode?>(
                ((YamlScalarNode)child.Key).Value!, Convert(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
        YamlScalarNode scalar => Scalar(scalar),
        _ => null,
    };

    private static JsonValue? Scalar(YamlScalarNode scalar)
    {
        string text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain)
        {
            return JsonValue.Create(text);
        }

        CultureInfo culture = CultureInfo.InvariantCulture;
        return text is "true" or "false" ? JsonValue.Create(text == "true")
            : double.TryParse(text, NumberStyles.Float, culture, out double value)
                ? JsonValue.Create(value)
                : JsonValue.Create(text);
    }
}
