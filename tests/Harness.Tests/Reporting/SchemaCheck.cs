using System.Text.Json;

namespace HilRig.Harness.Tests.Reporting;

/// <summary>
/// The part of JSON Schema that docs/run.schema.json uses. Any other keyword is a fault of the
/// schema, so that nothing in it can go unchecked.
/// </summary>
internal sealed class SchemaCheck(JsonElement root)
{
    private readonly List<string> _faults = [];

    public static List<string> FaultsOf(JsonElement schema, JsonElement value)
    {
        var check = new SchemaCheck(schema);
        check.Check(schema, value, "$");
        return check._faults;
    }

    private void Check(JsonElement schema, JsonElement value, string path)
    {
        foreach (JsonProperty rule in schema.EnumerateObject())
        {
            string? fault = rule.Name switch
            {
                "$ref" => CheckReference(rule.Value, value, path),
                "type" =>
                    IsType(rule.Value, value)
                        ? null : $"is {value.ValueKind}, expected {rule.Value}",
                "const" =>
                    JsonElement.DeepEquals(rule.Value, value) ? null : $"is not {rule.Value}",
                "enum" => rule.Value.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value))
                    ? null : $"is {value}, expected one of {rule.Value}",
                "minimum" => value.ValueKind != JsonValueKind.Number
                    || value.GetDouble() >= rule.Value.GetDouble()
                        ? null : $"is below {rule.Value}",
                "anyOf" =>
                    rule.Value.EnumerateArray().Any(one => new SchemaCheck(root).Passes(one, value))
                    ? null : "matches none of the alternatives",
                "required" => CheckRequired(rule.Value, value),
                "properties" => CheckProperties(rule.Value, value, path),
                "additionalProperties" => CheckOthers(schema, rule.Value, value, path),
                "items" => CheckItems(rule.Value, value, path),
                "$schema" or "$defs" or "title" or "description" or "format" => null,
                _ => $"the schema's keyword {rule.Name} is not checked",
            };
            if (fault is not null)
            {
                _faults.Add($"{path}: {fault}");
            }
        }
    }

    private bool Passes(JsonElement schema, JsonElement value)
    {
        Check(schema, value, "");
        return _faults.Count == 0;
    }

    private string? CheckReference(JsonElement reference, JsonElement value, string path)
    {
        JsonElement target = root.GetProperty("$defs").GetProperty(
            reference.GetString()!["#/$defs/".Length..]);
        Check(target, value, path);
        return null;
    }

    private static bool IsType(JsonElement type, JsonElement value) =>
        type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => IsType(one, value))
        : type.GetString() switch
        {
            "null" => value.ValueKind == JsonValueKind.Null,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number && value.GetDouble() % 1 == 0,
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            _ => false,
        };

    private static string? CheckRequired(JsonElement names, JsonElement value)
    {
        string[] missing = [.. names.EnumerateArray().Select(name => name.GetString()!)
            .Where(
                name =>
                    value.ValueKind == JsonValueKind.Object && !value.TryGetProperty(name, out _))];
        return missing.Length == 0 ? null : $"lacks {string.Join(", ", missing)}";
    }

    private string? CheckProperties(JsonElement properties, JsonElement value, string path)
    {
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            if (value.ValueKind == JsonValueKind.Object
                && value.TryGetProperty(property.Name, out JsonElement member))
            {
                Check(property.Value, member, $"{path}.{property.Name}");
            }
        }

        return null;
    }

    private string? CheckOthers(
        JsonElement schema, JsonElement rule, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (JsonProperty member in value.EnumerateObject())
        {
            bool isKnown = schema.TryGetProperty("properties", out JsonElement properties)
                && properties.TryGetProperty(member.Name, out _);
            if (!isKnown && rule.ValueKind == JsonValueKind.False)
            {
                return $"has the unknown key {member.Name}";
            }

            if (!isKnown && rule.ValueKind == JsonValueKind.Object)
            {
                Check(rule, member.Value, $"{path}.{member.Name}");
            }
        }

        return null;
    }

    private string? CheckItems(JsonElement rule, JsonElement value, string path)
    {
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            Check(rule, item, $"{path}[{index++}]");
        }

        return null;
    }
}
