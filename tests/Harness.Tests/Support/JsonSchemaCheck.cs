using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HilRig.Harness.Tests.Support;

/// <summary>
/// As much of JSON Schema 2020-12 as scenario.schema.json uses; anything else throws.
/// </summary>
internal sealed class JsonSchemaCheck(JsonObject root)
{
    private static readonly string[] Annotations = ["$schema", "title", "description", "$defs"];

    public IReadOnlyList<string> Faults(JsonNode? value) => [.. Check(root, value, "$")];

    /// <summary>The schema that a $ref leads to, or the schema itself.</summary>
    public JsonObject Resolve(JsonObject schema) => schema["$ref"] is { } reference
        ? (JsonObject)root["$defs"]![reference.GetValue<string>()["#/$defs/".Length..]]!
        : schema;

    private IEnumerable<string> Check(JsonObject schema, JsonNode? value, string path) =>
        schema.Where(rule => !Annotations.Contains(rule.Key))
            .SelectMany(rule => CheckRule(schema, rule.Key, rule.Value!, value, path));

    private IEnumerable<string> CheckRule(
        JsonObject schema, string key, JsonNode rule, JsonNode? value, string path)
    {
        var map = value as JsonObject;
        var list = value as JsonArray;
        string? text = value is JsonValue scalar && scalar.TryGetValue(out string? s) ? s : null;
        double? number = value is JsonValue v && v.TryGetValue(out double d) ? d : null;
        return key switch
        {
            "$ref" => Check(Resolve(schema), value, path),
            "type" => Is(
                rule is JsonArray types
                    ? types.Any(type => IsType(type!.GetValue<string>(), value))
                    : IsType(rule.GetValue<string>(), value),
                $"{path} is not {rule.ToJsonString()}"),
            "const" => Is(JsonNode.DeepEquals(rule, value), $"{path} is not {rule.ToJsonString()}"),
            "pattern" => Is(
                text is null || Regex.IsMatch(text, rule.GetValue<string>()),
                $"{path} '{text}' does not match"),
            "minLength" => Is(text is null || text.Length >= rule.GetValue<int>(), path),
            "minimum" => Is(number is null || number >= rule.GetValue<double>(), path),
            "maximum" => Is(number is null || number <= rule.GetValue<double>(), path),
            "enum" => Is(
                ((JsonArray)rule).Any(one => JsonNode.DeepEquals(one, value)),
                $"{path} is not one of {rule.ToJsonString()}"),
            "maxItems" => Is(list is null || list.Count <= rule.GetValue<int>(), path),
            "minItems" => Is(list is null || list.Count >= rule.GetValue<int>(), path),
            "minProperties" => Is(map is null || map.Count >= rule.GetValue<int>(), path),
            "required" => ((JsonArray)rule)
                .Where(name => map is not null && !map.ContainsKey(name!.GetValue<string>()))
                .Select(name => $"{path} lacks {name}"),
            "items" => (list ?? []).SelectMany((item, i) =>
                Check((JsonObject)rule, item, $"{path}[{i}]")),
            "properties" => (map ?? []).Where(item => ((JsonObject)rule).ContainsKey(item.Key))
                .SelectMany(item => Check(
                    (JsonObject)rule[item.Key]!, item.Value, $"{path}.{item.Key}")),
            "additionalProperties" => (map ?? [])
                .Where(item => !(schema["properties"] as JsonObject ?? []).ContainsKey(item.Key))
                .SelectMany(item => rule is JsonObject other
                    ? Check(other, item.Value, $"{path}.{item.Key}")
                    : [$"{path}.{item.Key} is not known"]),
            "propertyNames" => (map ?? []).SelectMany(item =>
                Check((JsonObject)rule, JsonValue.Create(item.Key), $"{path}.{item.Key}")),
            "oneOf" => OneOf((JsonArray)rule, value, path),
            _ => throw new NotSupportedException($"The test does not know the rule '{key}'."),
        };
    }

    private IEnumerable<string> OneOf(JsonArray choices, JsonNode? value, string path)
    {
        List<List<string>> faults =
            [.. choices.Select(choice => Check((JsonObject)choice!, value, path).ToList())];
        int fitting = faults.Count(list => list.Count == 0);
        return fitting == 1
            ? []
            : [$"{path} fits {fitting} choices: {string.Join("; ", faults.SelectMany(x => x))}"];
    }

    private static IEnumerable<string> Is(bool holds, string fault) => holds ? [] : [fault];

    private static bool IsType(string type, JsonNode? value) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value is JsonValue text && text.TryGetValue<string>(out _),
        "number" => value is JsonValue number && number.TryGetValue<double>(out _),
        "integer" => value is JsonValue whole
            && whole.TryGetValue(out double number) && number == Math.Floor(number),
        "boolean" => value is JsonValue flag && flag.TryGetValue<bool>(out _),
        _ => throw new NotSupportedException(type),
    };
}
