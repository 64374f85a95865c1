using System.Xml.Linq;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// The tree of default classes. An element takes its attributes from its class attribute, else from
/// the nearest childclass around it, else from the class main; its own attributes win.
/// </summary>
internal sealed class DefaultClasses
{
    private const string Main = "main";

    // What any actuator element of a class hands down to any other, as in MuJoCo.
    private const string AnyActuator = "(actuator)";

    private static readonly HashSet<string> ActuatorKinds =
        ["motor", "position", "velocity", "general"];

    private static readonly HashSet<string> KindSpecific =
        ["kp", "kv", "dampratio", "inheritrange", "gainprm", "biasprm", "biastype", "timeconst",
            "dyntype", "dynprm", "gaintype"];

    private readonly Dictionary<string, Dictionary<string, Dictionary<string, XAttribute>>> _classes
        = new() { [Main] = [] };

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
    public MjcfAttributes Resolve(XElement element, string? childClass)
    {
        string? named = element.Attribute("class")?.Value;
        string name = named ?? childClass ?? Main;
        if (!_classes.TryGetValue(name, out var settings))
        {
            throw MjcfFault.At(
                element,
                $"default class '{name}' is not defined",
                "one of " + string.Join(", ", _classes.Keys.Order()));
        }

        string kind = element.Name.LocalName;
        var merged = new Dictionary<string, XAttribute>();
        if (ActuatorKinds.Contains(kind))
        {
            RefuseForeignActuator(element, name, kind, settings);
            CopyInto(settings.GetValueOrDefault(AnyActuator), merged);
        }

        CopyInto(settings.GetValueOrDefault(kind), merged);
        Override(element, merged);
        return new MjcfAttributes(element, merged);
    }

    /// <summary>Requires that a class used as childclass exists.</summary>
    public void RequireClass(XElement element, string name)
    {
        if (!_classes.ContainsKey(name))
        {
            throw MjcfFault.At(
                element,
                $"default class '{name}' is not defined",
                "one of " + string.Join(", ", _classes.Keys.Order()));
        }
    }

    private void ReadClass(
        XElement section, Dictionary<string, Dictionary<string, XAttribute>> settings)
    {
        foreach (XElement entry in section.Elements().Where(e => e.Name.LocalName != "default"))
        {
            string kind = entry.Name.LocalName;
            if (!ActuatorKinds.Contains(kind))
            {
                Override(entry, Entry(settings, kind));
                continue;
            }

            Override(entry, Entry(settings, AnyActuator), name => !KindSpecific.Contains(name));
            Override(entry, Entry(settings, kind), KindSpecific.Contains);
        }

        // Nested classes copy what their parent has in the end.
        foreach (XElement nested in section.Elements("default"))
        {
            string name = nested.Attribute("class")?.Value
                ?? throw MjcfFault.At(nested, "a nested default class has no name", "class=\"…\"");
            if (_classes.ContainsKey(name))
            {
                throw MjcfFault.At(nested, $"default class '{name}' is defined twice");
            }

            var copy = settings.ToDictionary(
                pair => pair.Key, pair => new Dictionary<string, XAttribute>(pair.Value));
            _classes[name] = copy;
            ReadClass(nested, copy);
        }
    }

    private static void RefuseForeignActuator(
        XElement element,
        string name,
        string kind,
        Dictionary<string, Dictionary<string, XAttribute>> settings)
    {
        foreach (string other in ActuatorKinds.Where(other => other != kind))
        {
            // A motor sets every gain itself, so nothing can be carried over into it.
            if (kind == "motor")
            {
                return;
            }

            if (settings.GetValueOrDefault(other) is { Count: > 0 } foreign)
            {
                throw MjcfFault.At(
                    element,
                    $"class '{name}' sets {foreign.Keys.First()} for <{other}>, which MuJoCo would "
                        + $"carry over into <{kind}>",
                    $"a class whose gains are for <{kind}>",
                    remedy: "give this actuator a class of its own");
            }
        }
    }

    private static Dictionary<string, XAttribute> Entry(
        Dictionary<string, Dictionary<string, XAttribute>> settings, string kind)
    {
        if (!settings.TryGetValue(kind, out var entry))
        {
            settings[kind] = entry = [];
        }

        return entry;
    }

    private static void CopyInto(
        Dictionary<string, XAttribute>? from, Dictionary<string, XAttribute> to)
    {
        foreach ((string name, XAttribute value) in from ?? [])
        {
            to[name] = value;
        }
    }

    // kv and dampratio set the same number, so the later of them replaces the other.
    private static void Override(
        XElement element,
        Dictionary<string, XAttribute> attributes,
        Func<string, bool>? wanted = null)
    {
        bool damping = element.Attribute("kv") is not null;
        bool ratio = element.Attribute("dampratio") is not null;
        if (damping && ratio)
        {
            throw MjcfFault.At(element, "kv and dampratio cannot both be given");
        }

        if (ActuatorKinds.Contains(element.Name.LocalName) && (damping || ratio))
        {
            attributes.Remove(damping ? "dampratio" : "kv");
        }

        foreach (XAttribute attribute in element.Attributes())
        {
            string name = attribute.Name.LocalName;
            if (name is not ("name" or "class") && (wanted is null || wanted(name)))
            {
                attributes[name] = attribute;
            }
        }
    }
}
