using System.Xml.Linq;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// The tree of default classes. An element takes its attributes from its class attribute, else from
/// the nearest childclass around it, else from the class main; its own attributes win. An attribute
/// of several numbers that gives only the first few keeps the rest of its class.
/// </summary>
internal sealed class DefaultClasses
{
    private const string Main = "main";

    /// <summary>Elements that make an actuator, each of which can stand in a class.</summary>
    public static readonly IReadOnlySet<string> ActuatorKinds = new HashSet<string>
    {
        "motor", "position", "velocity", "intvelocity", "damper", "general",
    };

    private static readonly HashSet<string> Partial =
    [
        "solref", "solimp", "solreflimit", "solimplimit", "solreffriction", "solimpfriction",
        "friction", "size", "stiffness", "damping",
    ];

    private readonly Dictionary<string, ClassSettings> _classes = new() { [Main] = new([], []) };

    /// <summary>Reads every top-level default section.</summary>
    public DefaultClasses(XElement root)
    {
        foreach (XElement section in root.Elements("default"))
        {
            string name = section.Attribute("class")?.Value ?? Main;
            if (name != Main)
            {
                throw MjcfFault.At(
                    section, "the outermost default class must be main", "class=\"main\" or none");
            }

            ReadClass(section, _classes[Main]);
        }
    }

    /// <summary>The attributes of an element with its defaults merged in.</summary>
    /// <param name="element">The element.</param>
    /// <param name="childClass">Nearest childclass around it, or null.</param>
    /// <param name="kind">Name of the element in the class, when it is another.</param>
    public MjcfAttributes Resolve(XElement element, string? childClass, string? kind = null)
    {
        kind ??= element.Name.LocalName;
        var merged = new Dictionary<string, XAttribute>();
        if (Of(element, childClass).Attributes.TryGetValue(kind, out var settings))
        {
            foreach ((string name, XAttribute value) in settings)
            {
                merged[name] = value;
            }
        }

        Override(element, merged);
        return new MjcfAttributes(element, merged);
    }

    /// <summary>
    /// The actuator elements that an actuator is made from, one after the other: those of its class
    /// and of the classes around that, outermost first, then itself.
    /// </summary>
    public IEnumerable<XElement> ResolveActuator(XElement element) =>
        Of(element, null).Actuators.Append(element);

    /// <summary>Requires that a class used as childclass exists.</summary>
    public void RequireClass(XElement element, string name) => _ = Of(element, name, name);

    private ClassSettings Of(XElement element, string? childClass, string? name = null)
    {
        name ??= element.Attribute("class")?.Value ?? childClass ?? Main;
        return _classes.TryGetValue(name, out ClassSettings? settings)
            ? settings
            : throw MjcfFault.At(
                element,
                $"default class '{name}' is not defined",
                "one of " + string.Join(", ", _classes.Keys.Order()));
    }

    private void ReadClass(XElement section, ClassSettings settings)
    {
        foreach (XElement entry in section.Elements().Where(e => e.Name.LocalName != "default"))
        {
            string kind = entry.Name.LocalName;
            if (ActuatorKinds.Contains(kind))
            {
                settings.Actuators.Add(entry);
                continue;
            }

            if (!settings.Attributes.TryGetValue(kind, out var attributes))
            {
                settings.Attributes[kind] = attributes = [];
            }

            Override(entry, attributes);
        }

        // Nested classes copy what their parent has in the end.
        foreach (XElement nested in section.Elements("default"))
        {
            string name = nested.Attribute("class")?.Value
                ?? throw MjcfFault.At(nested, "a nested default class has no name", "class=\"…\"");
            ClassSettings copy = settings.Copy();
            if (!_classes.TryAdd(name, copy))
            {
                throw MjcfFault.At(nested, $"default class '{name}' is defined twice");
            }

            ReadClass(nested, copy);
        }
    }

    private static void Override(XElement element, Dictionary<string, XAttribute> attributes)
    {
        foreach (XAttribute attribute in element.Attributes())
        {
            string name = attribute.Name.LocalName;
            if (name is not ("name" or "class"))
            {
                attributes[name] = Partial.Contains(name)
                    && attributes.TryGetValue(name, out XAttribute? before)
                        ? KeepRest(attribute, before)
                        : attribute;
            }
        }
    }

    private static XAttribute KeepRest(XAttribute attribute, XAttribute before)
    {
        string[] given = Split(attribute);
        string[] old = Split(before);
        if (given.Length >= old.Length)
        {
            return attribute;
        }

        var merged = new XAttribute(
            attribute.Name, string.Join(' ', given.Concat(old.Skip(given.Length))));
        merged.AddAnnotation(MjcfFault.ElementOf(attribute));
        return merged;
    }

    private static string[] Split(XAttribute attribute) =>
        attribute.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What one class sets, with all that the classes around it set.</summary>
    /// <param name="Attributes">Attributes by element kind and name.</param>
    /// <param name="Actuators">Actuator elements, outermost class first.</param>
    private sealed record ClassSettings(
        Dictionary<string, Dictionary<string, XAttribute>> Attributes, List<XElement> Actuators)
    {
        public ClassSettings Copy() => new(
            Attributes.ToDictionary(
                pair => pair.Key, pair => new Dictionary<string, XAttribute>(pair.Value)),
            [.. Actuators]);
    }
}
