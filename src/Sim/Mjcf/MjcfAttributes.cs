using System.Globalization;
using System.Xml.Linq;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// The attributes of one element, its default class already merged in, read as typed values.
/// </summary>
internal sealed class MjcfAttributes(
    XElement element, IReadOnlyDictionary<string, XAttribute> attributes)
{
    /// <summary>Makes it from an element without a default class.</summary>
    public MjcfAttributes(XElement element)
        : this(
            element,
            element.Attributes().ToDictionary(attribute => attribute.Name.LocalName))
    {
    }

    /// <summary>The element.</summary>
    public XElement Element => element;

    /// <summary>The element's name attribute, or empty.</summary>
    public string Name => element.Attribute("name")?.Value ?? "";

    /// <summary>Whether the attribute is given.</summary>
    public bool Has(string name) => attributes.ContainsKey(name);

    /// <summary>The attribute itself, or null.</summary>
    public XAttribute? Find(string name) => attributes.GetValueOrDefault(name);

    /// <summary>A text.</summary>
    public string? Text(string name) => Find(name)?.Value;

    /// <summary>A finite number.</summary>
    public double Number(string name, double fallback) =>
        Find(name) is null ? fallback : Numbers(name, 1, 1)![0];

    /// <summary>A finite number that is not negative.</summary>
    public double NotNegative(string name, double fallback)
    {
        double value = Number(name, fallback);
        return value >= 0
            ? value
            : throw MjcfFault.At(Find(name)!, $"'{name}' is negative", "0 or more");
    }

    /// <summary>Finite numbers, or null when the attribute is not given.</summary>
    public double[]? Numbers(string name, int countMin, int countMax)
    {
        if (Find(name) is not { } attribute)
        {
            return null;
        }

        string[] parts = attribute.Value.Split(
            (char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < countMin || parts.Length > countMax)
        {
            string wanted = countMin == countMax ? $"{countMin}" : $"{countMin} to {countMax}";
            throw MjcfFault.At(
                attribute, $"'{name}' has {parts.Length} values", $"{wanted} numbers");
        }

        double[] values = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            bool good = double.TryParse(
                parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]);
            if (!good || !double.IsFinite(values[i]))
            {
                throw MjcfFault.At(attribute, $"'{name}' has a bad number", "finite numbers");
            }
        }

        return values;
    }

    /// <summary>Defaults with the first few replaced by the numbers that are given.</summary>
    public double[] Prefix(string name, params double[] defaults)
    {
        double[] values = [.. defaults];
        Numbers(name, 1, defaults.Length)?.CopyTo(values, 0);
        return values;
    }

    /// <summary>Whether the element itself gives the attribute, rather than its class.</summary>
    public bool IsOwn(string name) => Find(name)?.Parent == element;

    /// <summary>Three numbers.</summary>
    public Vector3 Vector(string name, Vector3 fallback) =>
        Numbers(name, 3, 3) is { } v ? new Vector3(v[0], v[1], v[2]) : fallback;

    /// <summary>One of several words.</summary>
    public string Word(string name, string fallback, params string[] allowed)
    {
        if (Find(name) is not { } attribute)
        {
            return fallback;
        }

        return allowed.Contains(attribute.Value)
            ? attribute.Value
            : throw MjcfFault.At(
                attribute,
                $"'{name}' has a value that is unknown or not simulated",
                "one of " + string.Join(", ", allowed));
    }

    /// <summary>true or false.</summary>
    public bool Flag(string name, bool fallback) =>
        Word(name, fallback ? "true" : "false", "true", "false") == "true";

    /// <summary>A whole number of 32 bits.</summary>
    public int Integer(string name, int fallback)
    {
        double value = Number(name, fallback);
        return value == Math.Floor(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw MjcfFault.At(Find(name)!, $"'{name}' is not a whole number of 32 bits");
    }

    /// <summary>A range that may be a limit; null when it is none.</summary>
    /// <param name="range">Name of the range attribute.</param>
    /// <param name="limited">Name of the attribute that says whether it limits.</param>
    /// <param name="autolimits">Whether a range limits by itself.</param>
    public (double Min, double Max)? Limits(string range, string limited, bool autolimits)
    {
        double[]? values = Numbers(range, 2, 2);
        string mode = Word(limited, "auto", "true", "false", "auto");
        bool given = values is not null && (values[0] != 0 || values[1] != 0);
        if (mode == "auto" && given && !autolimits)
        {
            throw MjcfFault.At(
                Find(range)!,
                $"'{range}' is given but '{limited}' is not, and autolimits is off",
                remedy: $"set {limited} to true or false");
        }

        bool limits = mode == "true" || (mode == "auto" && given);
        if (!limits)
        {
            return null;
        }

        if (values is null || values[0] >= values[1])
        {
            XAttribute place = Find(range) ?? Find(limited)!;
            throw MjcfFault.At(
                place, $"'{range}' is empty or negative", "the lower end below the upper end");
        }

        return (values[0], values[1]);
    }

    /// <summary>Soft-constraint parameters.</summary>
    /// <param name="reference">Name of the solref attribute.</param>
    /// <param name="impedance">Name of the solimp attribute.</param>
    public SoftConstraint Softness(string reference, string impedance)
    {
        SoftConstraint soft = SoftConstraint.Default;
        double[] r = Prefix(reference, soft.Reference0, soft.Reference1);
        double[] i = Prefix(
            impedance,
            soft.ImpedanceMin,
            soft.ImpedanceMax,
            soft.Width,
            soft.Midpoint,
            soft.Power);
        return r[0] > 0 == r[1] > 0
            ? new SoftConstraint(r[0], r[1], i[0], i[1], i[2], i[3], i[4])
            : throw MjcfFault.At(
                Find(reference)!,
                $"'{reference}' mixes the two forms",
                "two positive numbers (time constant, damping ratio) or two negative ones");
    }
}
