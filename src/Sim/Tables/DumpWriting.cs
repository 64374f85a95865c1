using System.Globalization;
using System.Text.Json;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Tables;

/// <summary>How numbers, vectors and lists look in a dump.</summary>
internal static class DumpWriting
{
    /// <summary>A list of objects.</summary>
    public static void Array<TItem>(
        this Utf8JsonWriter json, string name, IEnumerable<TItem> items, Action<TItem> write)
    {
        json.WriteStartArray(name);
        foreach (TItem item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A number; null when it is not finite.</summary>
    public static void Number(this Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(Text(value));
    }

    /// <summary>A list of numbers on one line.</summary>
    public static void Numbers(
        this Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        // One line an array: 36 numbers of a mass matrix are not 36 lines.
        json.WritePropertyName(name);
        json.WriteRawValue("[" + string.Join(", ", values.Select(Text)) + "]");
    }

    public static void Vector(this Utf8JsonWriter json, string name, Vector3 v) =>
        json.Numbers(name, [v.X, v.Y, v.Z]);

    public static void Quaternion(this Utf8JsonWriter json, string name, UnitQuaternion q) =>
        json.Numbers(name, [q.W, q.X, q.Y, q.Z]);

    /// <summary>A range, or null.</summary>
    public static void Range(
        this Utf8JsonWriter json, string name, bool limited, double low, double high)
    {
        if (limited)
        {
            json.Numbers(name, [low, high]);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>A range; null when its lower end is infinite.</summary>
    public static void Range(this Utf8JsonWriter json, string name, double low, double high) =>
        json.Range(name, !double.IsInfinity(low), low, high);

    /// <summary>solref and solimp with a suffix.</summary>
    public static void Softness(this Utf8JsonWriter json, string name, SoftConstraint soft)
    {
        json.Numbers("solref" + name, [soft.Reference0, soft.Reference1]);
        json.Numbers(
            "solimp" + name,
            [soft.ImpedanceMin, soft.ImpedanceMax, soft.Width, soft.Midpoint, soft.Power]);
    }

    private static string Text(double value) =>
        double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "null";
}
